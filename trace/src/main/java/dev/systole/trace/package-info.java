/** The trace file: event kinds, columns, chunks, index, writer, reader, recovery. */
package dev.systole.trace;
