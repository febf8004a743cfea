import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Writes the classes of {@code dev.systole.spec.gen12} ({@code GenerateConstants DATA_FOLDER
 * SOURCE_FOLDER}): one per data file, {@code gen12-mi-commands.xml} becoming {@code MiCommands}.
 * The package's own description tells how names are formed. A file that would not change is not
 * touched, so that nothing is compiled again.
 */
public final class GenerateConstants {
  private static final String PACKAGE = "dev.systole.spec.gen12";
  private static final Pattern DATA_FILE = Pattern.compile("gen12-(.+)\\.xml");
  private static final int DWORD_BITS = 32;

  private final String fileName;
  private final Map<String, String> constants = new LinkedHashMap<>();

  private GenerateConstants(String fileName) {
    this.fileName = fileName;
  }

  public static void main(String[] args) throws Exception {
    Path target = Path.of(args[1], PACKAGE.split("\\."));
    Files.createDirectories(target);
    for (Path data : dataFiles(Path.of(args[0]))) {
      String fileName = data.getFileName().toString();
      var generator = new GenerateConstants(fileName);
      generator.addAll(data);
      generator.write(target);
    }
  }

  private static List<Path> dataFiles(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> DATA_FILE.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }

  private void addAll(Path data) throws Exception {
    var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(data.toFile());
    for (Element definition : children(document.getDocumentElement())) {
      String name = identifier(definition.getAttribute("name"));
      switch (definition.getTagName()) {
        case "instruction" -> addCommand(name, definition);
        case "register" -> addRegister(name, definition);
        case "struct" -> addStructure(name, definition);
        case "enum" -> addValues(name, definition, 0);
        default -> throw new IllegalStateException(fileName + ": " + definition.getTagName());
      }
    }
  }

  private void addCommand(String name, Element command) {
    int header = 0;
    for (Element field : children(command)) {
      if (isIdentity(field))
        header |= Integer.decode(field.getAttribute("default")) << bit(field, "start");
    }
    add(name, hex(header));
    addLength(name, command);
    addFields(name, command, 0);
  }

  private void addRegister(String name, Element register) {
    add(name, hex(Integer.decode(register.getAttribute("num"))));
    if (register.hasAttribute("count")) {
      add(name + "_COUNT", register.getAttribute("count"));
      add(name + "_STRIDE_BYTES", register.getAttribute("stride"));
    }
    if (register.hasAttribute("rows")) {
      add(name + "_ROWS", register.getAttribute("rows"));
      add(name + "_ROW_STRIDE_BYTES", register.getAttribute("rowStride"));
    }
    addFields(name, register, 0);
  }

  private void addStructure(String name, Element structure) {
    addLength(name, structure);
    addFields(name, structure, 0);
  }

  private void addLength(String name, Element definition) {
    String length = definition.getAttribute("length");
    if (!length.isEmpty()) add(name + "_LENGTH_DWORDS", length);
  }

  private void addFields(String owner, Element parent, int origin) {
    for (Element child : children(parent)) {
      if (child.getTagName().equals("group")) {
        addFields(owner, child, origin + bit(child, "start"));
      } else if (!isIdentity(child) && !isFixed(child)) {
        addField(owner + "_" + identifier(child.getAttribute("name")), child, origin);
      }
    }
  }

  private void addField(String name, Element field, int origin) {
    int start = origin + bit(field, "start");
    int end = origin + bit(field, "end");
    int shift = start % DWORD_BITS;
    int bits = end - start + 1;
    if (start >= DWORD_BITS) add(name + "_DWORD", Integer.toString(start / DWORD_BITS));
    if (shift + bits > DWORD_BITS || bits == DWORD_BITS) return;
    if (bits == 1) {
      add(name, "1 << " + shift);
    } else {
      add(name + "_SHIFT", Integer.toString(shift));
      add(name + "_MASK", hex(((1 << bits) - 1) << shift));
    }
    addValues(name, field, shift);
  }

  private void addValues(String owner, Element parent, int shift) {
    for (Element value : children(parent)) {
      String name = owner + "_" + identifier(value.getAttribute("name"));
      add(name, hex(Integer.decode(value.getAttribute("value")) << shift));
    }
  }

  private void add(String name, String value) {
    if (constants.put(name, value) != null) {
      throw new IllegalStateException(fileName + ": two facts would be called " + name);
    }
  }

  /** Command type and opcodes: the defaults in the upper half of the first dword. */
  private static boolean isIdentity(Element field) {
    return field.hasAttribute("default") && bit(field, "start") >= 16 && bit(field, "end") < 32;
  }

  private static boolean isFixed(Element field) {
    String name = field.getAttribute("name");
    String type = field.getAttribute("type");
    return name.equals("DWord Length") || type.equals("mbo") || type.equals("mbz");
  }

  private static int bit(Element element, String attribute) {
    return Integer.parseInt(element.getAttribute(attribute));
  }

  private static String hex(int value) {
    return "0x" + Integer.toHexString(value);
  }

  private static String identifier(String name) {
    String words = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
    return Character.isDigit(words.charAt(0)) ? "_" + words : words;
  }

  private static List<Element> children(Element parent) {
    var nodes = parent.getChildNodes();
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(node -> node.getNodeType() == Node.ELEMENT_NODE)
        .map(Element.class::cast)
        .toList();
  }

  private void write(Path folder) throws IOException {
    var className = new StringBuilder();
    var matcher = DATA_FILE.matcher(fileName);
    if (!matcher.matches()) throw new IllegalStateException(fileName);
    for (String word : matcher.group(1).split("-")) {
      className.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
    }
    var source = new StringBuilder();
    source.append("package ").append(PACKAGE).append(";\n\n");
    source.append("/** The constants of {@code ").append(fileName).append("}; generated. */\n");
    source.append("public final class ").append(className).append(" {\n");
    constants.forEach(
        (name, value) ->
            source.append("  public static final int %s = %s;\n".formatted(name, value)));
    source.append("\n  private ").append(className).append("() {}\n}\n");
    Path file = folder.resolve(className + ".java");
    if (Files.exists(file) && Files.readString(file).contentEquals(source)) return;
    Files.writeString(file, source);
  }
}
