package secateur.kernel;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * What is shown of a value, as Jupyter's MIME bundle: always a text, and where it helps a rich form beside it.
 *
 * @param data content by MIME type
 * @param metadata what a front end should know of the content, by MIME type
 */
public record View(Map<String, Object> data, Map<String, Object> metadata) {

  private static final String TEXT = "text/plain";
  private static final String HTML = "text/html";
  private static final String PNG = "image/png";

  static View of(String text) {
    return new View(Map.of(TEXT, text), Map.of());
  }

  View html(String html) {
    return new View(with(data, HTML, html), metadata);
  }

  /** A picture of {@code width} by {@code height} CSS pixels; the file may hold more. */
  View png(byte[] file, int width, int height) {
    return new View(with(data, PNG, Base64.getEncoder().encodeToString(file)),
        with(metadata, PNG, Map.of("width", width, "height", height)));
  }

  View svg(String element) {
    return new View(with(data, "image/svg+xml", element), metadata);
  }

  private static Map<String, Object> with(Map<String, Object> map, String type, Object content) {
    Map<String, Object> more = new HashMap<>(map);
    more.put(type, content);
    return Map.copyOf(more);
  }

  String text() {
    return (String) data.get(TEXT);
  }
}
