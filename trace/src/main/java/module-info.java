/** The trace file: event kinds, columns, chunks, index, writer, reader, recovery. */
module dev.systole.trace {}
