package dev.systole.errorstate.text;

import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.CapturedObject;
import dev.systole.errorstate.Damage;
import dev.systole.errorstate.ErrorState;
import dev.systole.errorstate.ErrorStateException;
import dev.systole.errorstate.GpuProcess;
import dev.systole.errorstate.HangMessage;
import dev.systole.errorstate.Registers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * Reads a file line by line. Lines are told apart by what they look like, hardly by where they
 * stand, so that files of any kernel, in any order, cut or without indentation can be read.
 */
final class FileParser {
  /** A real dump has some 250 properties and at most a few hundred objects. */
  private static final int MAX_ENTRIES = 1 << 16;

  /** No line but a payload is that long. */
  private static final int MAX_LINE_BYTES = 4096;

  private static final int MAX_DAMAGES = 1000;

  /** Of these keys two make an error state of a file that has neither engine nor object. */
  private static final Set<String> HEADER_KEYS =
      Set.of("Kernel", "Boottime", "Uptime", "Capture", "Platform", "PCI ID", "Reset count", "EIR");

  private static final int HEADER_KEYS_NEEDED = 2;

  private final Bytes text;
  private final String fileName;
  private final SequencedMap<String, String> properties = new LinkedHashMap<>();
  private final SequencedMap<String, String> parameters = new LinkedHashMap<>();
  private final SequencedMap<String, Long> registers = new LinkedHashMap<>();
  private final SequencedMap<String, EngineParser> engines = new LinkedHashMap<>();
  private final List<CapturedObject> globals = new ArrayList<>();
  private final List<Damage> damages = new ArrayList<>();
  private final Layout layout = new Layout();
  private Optional<HangMessage> hang = Optional.empty();
  private Optional<EngineParser> block = Optional.empty();
  private Optional<OpenObject> open = Optional.empty();
  private String parent = "";
  private int entries;
  private Line last = new Line(1, 0, 0, 0, true);

  FileParser(Bytes text, String fileName) {
    this.text = text;
    this.fileName = fileName;
  }

  void accept(Line line) throws ErrorStateException {
    last = line;
    layout.see(line, text).ifPresent(this::damage);
    char first = line.first(text);
    if (first == EncodedPayload.DEFLATED || first == EncodedPayload.RAW) {
      payload(line);
    } else if (!line.terminated()) {
      damage(line, "the file ends inside this line", "cut; the line was not read");
    } else if (line.end() - line.start() > MAX_LINE_BYTES) {
      damage(line, "a line of more than %d bytes".formatted(MAX_LINE_BYTES), "not i915's");
    } else if (line.start() < line.end()) {
      accept(line, line.text(text));
    }
  }

  /** Whether anything in the file was an error state's. */
  boolean recognised() {
    long headers =
        HEADER_KEYS.stream()
            .filter(key -> properties.containsKey(key) || registers.containsKey(key))
            .count();
    return hang.isPresent() || !engines.isEmpty() || headers >= HEADER_KEYS_NEEDED;
  }

  ErrorState finish() throws ErrorStateException {
    closeObject();
    if (!properties.containsKey("Kernel")) {
      damages.addFirst(new Damage(1, 0, "the head of the file is missing", "no Kernel line"));
    } else if (parameters.isEmpty() && printsParameters(properties.get("Kernel"))) {
      String what = "the tail of the file is missing";
      damage(new Damage(last.number(), text.sizeBytes(), what, "cut: no module parameters"));
    }
    return new ErrorState(
        hang,
        properties,
        parameters,
        new Registers(registers),
        engines.values().stream().map(engine -> engine.finish(hang)).toList(),
        globals,
        damages,
        text);
  }

  void damage(Damage damage) {
    if (damages.size() < MAX_DAMAGES) damages.add(damage);
  }

  private void damage(Line line, String what, String why) {
    damage(new Damage(line.number(), line.start(), what, why));
  }

  private void accept(Line line, String content) throws ErrorStateException {
    Matcher match;
    if ((match = Grammar.HANG.matcher(content)).matches()) {
      if (hang.isEmpty()) hang = Optional.of(hang(match));
    } else if ((match = Grammar.DWORD.matcher(content)).matches() && open.isPresent()) {
      open.get().dwords(line);
    } else if ((match = Grammar.PAGE_SIZES.matcher(content)).matches() && open.isPresent()) {
      open.get().pageSizes(Hex.wide(match.group(1), null));
    } else if ((match = Grammar.ENGINE.matcher(content)).matches()) {
      engine(line, match.group(2));
      if (match.group(1) == null) layout.enterBlock();
    } else if ((match = Grammar.OBJECT.matcher(content)).matches()) {
      closeObject();
      open = Optional.of(new OpenObject(line, match));
    } else if (block.isPresent() && Grammar.GUC_COVERAGE.matcher(content).matches()) {
      layout.enterBlock();
    } else if (block.isPresent() && !endsBlock(line, content)) {
      if (!block.get().accept(content)) {
        damage(line, "the value of this register cannot be read", "characters changed");
      }
    } else {
      block = Optional.empty();
      outsideEngines(line, content);
    }
  }

  /** Inside a block lines are indented; where indentation is lost, the next block's words tell. */
  private boolean endsBlock(Line line, String content) {
    return layout.blocksAreIndented()
        ? line.indent() == 0
        : Grammar.BEHIND_ENGINES.matcher(content).matches();
  }

  private void outsideEngines(Line line, String content) throws ErrorStateException {
    Matcher match;
    if ((match = Grammar.PARAMETER.matcher(content)).matches()) {
      put(parameters, match.group(1), match.group(2));
    } else if ((match = Grammar.FENCE.matcher(content)).matches()) {
      layout.expectIndented(line).ifPresent(this::damage);
      put(registers, match.group(1), Hex.wide(match.group(2), null));
    } else if ((match = Grammar.REGISTER.matcher(content)).matches()) {
      put(registers, match.group(1), Hex.wide(match, 2));
    } else if ((match = Grammar.PROPERTY.matcher(content)).matches()) {
      property(line, match.group(1), match.group(2));
    }
  }

  private void property(Line line, String key, String value) throws ErrorStateException {
    if (Grammar.SUBORDINATE.matcher(key).matches()) {
      layout.expectIndented(line).ifPresent(this::damage);
      put(properties, parent + " " + key, value);
    } else {
      put(properties, key, value);
      if (!key.endsWith(" wanted")) parent = key;
    }
  }

  private static HangMessage hang(Matcher match) {
    Optional<GpuProcess> process =
        Optional.ofNullable(match.group(4))
            .map(comm -> new GpuProcess(comm, Integer.parseInt(match.group(5))));
    return new HangMessage(
        Integer.parseInt(match.group(1)),
        Hex.dword(match.group(2)),
        Hex.dword(match.group(3)),
        process,
        Optional.ofNullable(match.group(6)));
  }

  private void engine(Line line, String name) throws ErrorStateException {
    closeObject();
    var fresh = new EngineParser(name);
    block = Optional.of(fresh);
    if (engines.putIfAbsent(name, fresh) != null) {
      damage(line, "a second block of " + name, "two dumps in one file; the first counts");
    }
    count();
  }

  private void payload(Line line) throws ErrorStateException {
    if (open.isEmpty()) {
      damage(line, "a payload without its header", "the line above is lost");
      return;
    }
    add(open.get().finish(new EncodedPayload(text, line, EncodedPayload.MAX_OBJECT_BYTES)));
    open = Optional.empty();
  }

  private void closeObject() throws ErrorStateException {
    if (open.isEmpty()) return;
    OpenObject object = open.get();
    if (object.isEmpty()) {
      damage(object.header(), "an object without payload", "the line below is lost");
    }
    add(object.finish(object.dwordPayload(text)));
    open = Optional.empty();
  }

  private void add(CapturedObject object) throws ErrorStateException {
    count();
    block = Optional.empty();
    if (object.owner().equals(CapturedObject.GLOBAL)) {
      globals.add(object);
      return;
    }
    if (!engines.containsKey(object.owner())) {
      damage(last, "no block of the engine " + object.owner(), "lost; its objects are here");
      engines.put(object.owner(), new EngineParser(object.owner()));
    }
    engines.get(object.owner()).object(object);
  }

  private <V> void put(SequencedMap<String, V> map, String key, V value)
      throws ErrorStateException {
    count();
    map.putIfAbsent(key, value);
  }

  private void count() throws ErrorStateException {
    if (++entries > MAX_ENTRIES) {
      throw new ErrorStateException(
          "%s: line %d: more than %d entries, no error state has so many"
              .formatted(fileName, last.number(), MAX_ENTRIES));
    }
  }

  /** Module parameters are printed since Linux 4.5; asked of 5 and later. */
  private static boolean printsParameters(String kernel) {
    return !kernel.matches("[0-4]\\..*");
  }
}
