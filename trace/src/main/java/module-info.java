/** The trace file: event kinds, columns, chunks, index, writer, reader, recovery. */
module dev.systole.trace {
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.dataformat.cbor;
  requires org.lz4.java;

  exports dev.systole.trace;
  exports dev.systole.trace.event;
  exports dev.systole.trace.schema;
}
