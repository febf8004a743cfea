package dev.systole.bridge.aub;

import dev.systole.decoder.Decoder;
import dev.systole.decoder.command.Hex;
import dev.systole.decoder.stream.CommandStream;
import dev.systole.decoder.stream.MemoryView;
import dev.systole.decoder.stream.RingRange;
import dev.systole.spec.Engine;
import java.util.OptionalLong;

/**
 * Work that an AUB gives to an engine. It looks into the recording's memory, which moves on when
 * the next submission is asked for: decode it before.
 *
 * @param number counted from 1
 * @param offsetBytes where in the (unzipped) file it is submitted
 * @param contextAddress the context's image in the GGTT; classic files have none
 * @param ring the part of the ring that is to be executed
 */
public record AubSubmission(
    int number,
    long offsetBytes,
    Engine engine,
    OptionalLong contextAddress,
    MemoryView memory,
    RingRange ring) {

  /** Its commands and those that they start. */
  public CommandStream decode(Decoder decoder) {
    return decoder.decode(engine, headline(), memory, ring);
  }

  private String headline() {
    var headline = new StringBuilder(engine.kernelName());
    headline.append(": submission ").append(number).append(" at byte ").append(offsetBytes);
    contextAddress.ifPresent(
        address -> headline.append(", context at GGTT ").append(Hex.address(address)));
    return headline.toString();
  }
}
