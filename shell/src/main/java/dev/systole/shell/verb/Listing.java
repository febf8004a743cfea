package dev.systole.shell.verb;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.systole.shell.cli.JsonLines;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of what there is.
 *
 * @param name what its rows are, in the plural
 * @param columns their names, which are the names in JSON as well
 * @param rows cells: a {@link String}, an {@link Integer} or a {@link List} of strings
 */
record Listing(String name, List<String> columns, List<List<?>> rows) {
  /** {@code {"NAME":[{"COLUMN":…},…]}}. */
  void writeJson(OutputStream out) throws IOException {
    try (var lines = new JsonLines(out)) {
      JsonGenerator json = lines.value();
      json.writeStartObject();
      json.writeArrayFieldStart(name);
      for (List<?> row : rows) {
        json.writeStartObject();
        for (int i = 0; i < columns.size(); i++) {
          json.writeFieldName(columns.get(i));
          writeCell(json, row.get(i));
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
      lines.endLine();
    }
  }

  /** Columns as wide as their widest cell; the last one as it comes. */
  void print(PrintStream out) {
    int[] widths =
        IntStream.range(0, columns.size() - 1)
            .map(i -> rows.stream().mapToInt(row -> text(row.get(i)).length()).max().orElse(0))
            .toArray();
    for (List<?> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        String cell = text(row.get(i));
        line.append(cell);
        if (i < widths.length) line.repeat(' ', widths[i] - cell.length() + 2);
      }
      out.print(line.toString().stripTrailing() + "\n");
    }
  }

  private static void writeCell(JsonGenerator json, Object cell) throws IOException {
    switch (cell) {
      case Integer number -> json.writeNumber(number);
      case List<?> list -> {
        json.writeStartArray();
        for (Object element : list) json.writeString(element.toString());
        json.writeEndArray();
      }
      default -> json.writeString(cell.toString());
    }
  }

  private static String text(Object cell) {
    return cell instanceof List<?> list
        ? list.stream().map(Object::toString).collect(Collectors.joining(" "))
        : cell.toString();
  }
}
