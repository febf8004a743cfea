package dev.systole.replayer.golden;

import dev.systole.decoder.Decoder;
import dev.systole.decoder.DecodingText;
import dev.systole.replayer.snapshot.TraceState;
import dev.systole.timeline.TextTimeline;
import dev.systole.timeline.TraceTimeline;
import dev.systole.trace.TraceReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What is approved of a golden trace. */
enum GoldenOutput {
  /** The timeline. */
  TIMELINE(".timeline.txt") {
    @Override
    byte[] make(TraceReader trace, String name) throws IOException {
      return TextTimeline.print(TraceTimeline.of(trace)).getBytes(StandardCharsets.UTF_8);
    }
  },
  /** Rings and batches. */
  DECODE(".decode.txt") {
    @Override
    byte[] make(TraceReader trace, String name) throws IOException {
      var out = new ByteArrayOutputStream();
      new DecodingText(out, true).write(Decoder.gen12().decode(TraceState.of(trace, name)));
      return out.toByteArray();
    }
  },
  /** The error state, empty where nothing hung. */
  ERROR_STATE(".error") {
    @Override
    byte[] make(TraceReader trace, String name) throws IOException {
      return TraceState.capture(trace).map(captured -> captured.dump().toBytes()).orElse(NOTHING);
    }
  };

  static final byte[] NOTHING = {};

  private final String suffix;

  GoldenOutput(String suffix) {
    this.suffix = suffix;
  }

  /** What the file is called behind the name of its trace. */
  String suffix() {
    return suffix;
  }

  /** The output as it is now. */
  abstract byte[] make(TraceReader trace, String name) throws IOException;
}
