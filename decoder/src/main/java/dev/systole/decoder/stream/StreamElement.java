package dev.systole.decoder.stream;

import dev.systole.decoder.command.Command;
import dev.systole.decoder.command.Location;

/** What occurs in a stream of commands. */
public sealed interface StreamElement {
  /**
   * Commands of a buffer begin here.
   *
   * @param buffer the kernel's word for the buffer, {@code ring}, {@code batch}, {@code user}
   * @param level 0 in the ring, then one more for each call
   */
  record SectionStart(String buffer, Location location, int level) implements StreamElement {}

  /**
   * A command, in the order of execution.
   *
   * @param level 0 in the ring, then one more for each call
   */
  record CommandRead(String buffer, Location location, int level, Command command)
      implements StreamElement {}

  /** A jump or call that was not followed, after its command. */
  record JumpNotFollowed(Location target, int level, Reason reason) implements StreamElement {
    /** Why not. */
    public enum Reason {
      PREDICATED("predicated"),
      NOT_CAPTURED("not captured"),
      ALREADY_DECODED("decoded above"),
      LOOP("an endless loop: it leads back to where it came from"),
      TOO_DEEP("nested too deep");

      private final String text;

      Reason(String text) {
        this.text = text;
      }

      @Override
      public String toString() {
        return text;
      }
    }
  }

  /** Commands of a buffer end here. */
  record SectionEnd(String buffer, Location location, int level, Reason reason)
      implements StreamElement {
    /** Why they end. */
    public enum Reason {
      /** The ring's tail. */
      TAIL,
      BATCH_BUFFER_END,
      /** The batch goes on elsewhere, or would. */
      JUMP,
      /** It runs into commands that were decoded before. */
      ALREADY_DECODED,
      /** The buffer ends and the batch does not. */
      RAN_OUT,
      /** The capture ends before the buffer does, because the file is damaged. */
      DAMAGED
    }
  }
}
