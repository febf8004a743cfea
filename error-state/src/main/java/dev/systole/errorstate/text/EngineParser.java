package dev.systole.errorstate.text;

import dev.systole.errorstate.ActiveContext;
import dev.systole.errorstate.AddressRange;
import dev.systole.errorstate.CapturedObject;
import dev.systole.errorstate.ElspEntry;
import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.GpuProcess;
import dev.systole.errorstate.HangMessage;
import dev.systole.errorstate.RequestOffsets;
import java.util.Optional;
import java.util.regex.Matcher;

/** Reads the block of one engine, line by line. */
final class EngineParser {
  private final EngineState.Builder builder;
  private Optional<Integer> requestHead = Optional.empty();
  private Optional<Boolean> hung = Optional.empty();

  EngineParser(String name) {
    this.builder = EngineState.builder(name);
  }

  /**
   * Takes a line of the block, without indentation.
   *
   * @return false when it has the beginning of a register line but no value that can be read
   */
  boolean accept(String line) {
    return acceptWhole(Grammar.ELSP_WITHOUT_END.matcher(line).replaceFirst(""));
  }

  private boolean acceptWhole(String line) {
    Matcher match;
    if ((match = Grammar.REGISTER.matcher(line)).matches()) {
      register(match);
    } else if ((match = Grammar.BATCH.matcher(line)).matches()) {
      builder.batch(new AddressRange(Hex.wide(match, 1), Hex.wide(match, 3)));
    } else if ((match = Grammar.ELSP.matcher(line)).matches()) {
      builder.port(port(match));
    } else if ((match = Grammar.HUNG.matcher(line)).matches()) {
      hung = Optional.of(match.group(1).equals("1"));
    } else if ((match = Grammar.RESET_COUNT.matcher(line)).matches()) {
      builder.resetCount(Integer.parseInt(match.group(1)));
    } else if ((match = Grammar.CONTEXT.matcher(line)).matches()) {
      builder.context(context(match));
    } else if ((match = Grammar.TIMELINE.matcher(line)).matches()) {
      builder.timelineSeqno(Long.parseLong(match.group(1)));
    } else {
      return !Grammar.REGISTER_HEAD.matcher(line).matches();
    }
    return true;
  }

  void object(CapturedObject object) {
    builder.object(object);
  }

  /** The engine; where it does not say whether it hung, the hang message decides. */
  EngineState finish(Optional<HangMessage> hang) {
    EngineState known = builder.build();
    boolean blamed =
        known.engineClass().isPresent()
            && hang.isPresent()
            && hang.get().blames(known.engineClass().get());
    return builder.hung(hung.orElse(blamed)).build();
  }

  /** HEAD carries the head of the request in brackets, TAIL then its postfix and tail. */
  private void register(Matcher match) {
    String register = match.group(1);
    builder.register(register, Hex.wide(match, 2));
    if (match.group(4) == null) return;
    String[] words = match.group(4).split(", 0x");
    if (register.equals("HEAD") && words.length == 1) {
      requestHead = Optional.of(Hex.dword(words[0]));
    } else if (register.equals("TAIL") && words.length == 2 && requestHead.isPresent()) {
      builder.request(
          new RequestOffsets(requestHead.get(), Hex.dword(words[0]), Hex.dword(words[1])));
    }
  }

  private static ElspEntry port(Matcher match) {
    return new ElspEntry(
        Integer.parseInt(match.group(1)),
        Integer.parseInt(match.group(2)),
        Hex.dword(match.group(3)),
        Hex.dword(match.group(4)),
        !match.group(5).isEmpty(),
        !match.group(6).isEmpty(),
        Integer.parseInt(match.group(7)),
        Hex.dword(match.group(8)),
        Hex.dword(match.group(9)));
  }

  private static ActiveContext context(Matcher match) {
    boolean hasRuntime = match.group(6) != null;
    return new ActiveContext(
        new GpuProcess(match.group(1), Integer.parseInt(match.group(2))),
        Integer.parseInt(match.group(3)),
        Integer.parseInt(match.group(4)),
        Integer.parseInt(match.group(5)),
        hasRuntime ? Long.parseLong(match.group(6)) : 0,
        hasRuntime ? Long.parseLong(match.group(7)) : 0);
  }
}
