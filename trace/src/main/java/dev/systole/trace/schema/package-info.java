/**
 * What a trace says about itself: the kinds of events, the calls, and the names and types of their
 * fields. A {@link dev.systole.trace.schema.Schema} stands in the header of every trace file, so
 * that a reader can print the whole file without knowing the program that wrote it.
 */
package dev.systole.trace.schema;
