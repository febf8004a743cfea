package dev.systole.decoder;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What the corpus says of a dump: the JSON file beside it, flattened to paths and values. */
final class GroundTruth {
  private final Map<String, String> values = new LinkedHashMap<>();

  static GroundTruth beside(Path dump) throws IOException {
    String name = dump.getFileName().toString().replaceFirst("\\.error(\\.gz)?$", ".json");
    var truth = new GroundTruth();
    try (JsonParser json = new JsonFactory().createParser(dump.resolveSibling(name).toFile())) {
      truth.read(json);
    }
    return truth;
  }

  private void read(JsonParser json) throws IOException {
    while (json.nextToken() != null) {
      JsonToken token = json.currentToken();
      if (token.isScalarValue()) {
        values.put(json.getParsingContext().pathAsPointer().toString(), json.getText());
      }
    }
  }

  private String get(String pointer) {
    return values.get(pointer);
  }

  /** Hung engines and their command, {@code rcs0 -> 3DPRIMITIVE at 0xfffeffef00bc}. */
  Map<String, String> hung() {
    var hung = new TreeMap<String, String>();
    for (int i = 0; get("/engines/" + i + "/name") != null; i++) {
      String engine = "/engines/" + i;
      if (!"true".equals(get(engine + "/hung"))) continue;
      String name = get(engine + "/command/name");
      String address = get(engine + "/command/address");
      hung.put(get(engine + "/name"), isCaptured(engine) ? name + " at " + address : name);
    }
    return hung;
  }

  private boolean isCaptured(String engine) {
    return !"false".equals(get(engine + "/batch/captured"))
        && !"false".equals(get("/damage/hungCommandRecoverable"));
  }
}
