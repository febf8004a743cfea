/**
 * The trace file. A {@link dev.systole.trace.TraceWriter} takes events through its {@link
 * dev.systole.trace.EventSink} and writes a file:
 *
 * <pre>{@code
 * try (var writer = TraceWriter.create(Path.of("t.systole"), header)) {
 *   EventSink events = writer.events();
 *   int lane = events.lane(Lane.of("kmd"));
 *   events.registerWrite(lane, 1200, 0x2030, 4, 0x40);
 *   events.begin(EventKinds.WEDGED, lane, 1300).bool(true).end();
 * }
 * }</pre>
 *
 * A {@link dev.systole.trace.TraceReader} hands them out again, chunk by chunk, whatever happened
 * to the file in between:
 *
 * <pre>{@code
 * try (var reader = TraceReader.open(Path.of("t.systole"))) {
 *   EventCursor cursor = reader.events();
 *   while (cursor.next()) System.out.println(EventPrinter.text(cursor));
 *   reader.damage().forEach(System.err::println);
 * }
 * }</pre>
 *
 * Between the two stand chunks, which a {@link dev.systole.trace.ChunkEncoder} makes of nothing but
 * the events, so that a re-execution can be compared with a file chunk by chunk. {@code
 * docs/trace-format.md} specifies the bytes.
 */
package dev.systole.trace;
