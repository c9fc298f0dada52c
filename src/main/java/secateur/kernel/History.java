package secateur.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;

/** The cells of this session, as history requests ask for them. */
final class History {

  private static final int SESSION = 1;

  private record Entry(int number, String code, String value) {}

  private final List<Entry> entries = new ArrayList<>();

  synchronized void add(int number, String code, String value) {
    entries.add(new Entry(number, code, value));
  }

  /** The content of a history reply. */
  synchronized JsonObject reply(HistoryRequest request) {
    JsonArray tuples = new JsonArray();
    select(request).forEach(entry -> tuples.add(tuple(entry, request.includeOutput())));
    JsonObject content = new JsonObject();
    content.addProperty("status", "ok");
    content.add("history", tuples);
    return content;
  }

  private List<Entry> select(HistoryRequest request) {
    if (request instanceof HistoryRequest.Tail tail) {
      return last(entries, tail.getMaxReturnLength());
    }
    if (request instanceof HistoryRequest.Search search) {
      return search(search);
    }
    HistoryRequest.Range range = (HistoryRequest.Range) request;
    return entries.stream().filter(entry -> entry.number >= range.getStart())
        .filter(entry -> range.getStop() == 0 || entry.number < range.getStop()).toList();
  }

  private List<Entry> search(HistoryRequest.Search search) {
    Pattern pattern = glob(search.getPattern() == null ? "*" : search.getPattern());
    Stream<Entry> found = entries.stream().filter(entry -> pattern.matcher(entry.code).matches());
    return last(search.filterUnique() ? newest(found) : found.toList(), search.getMaxReturnLength());
  }

  private static List<Entry> newest(Stream<Entry> found) {
    Map<String, Entry> byCode = new LinkedHashMap<>();
    found.forEach(entry -> {
      byCode.remove(entry.code);
      byCode.put(entry.code, entry);
    });
    return List.copyOf(byCode.values());
  }

  /** {@code *} and {@code ?} as in file names; everything else stands for itself. */
  private static Pattern glob(String pattern) {
    String regex = pattern.chars()
        .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
        .collect(Collectors.joining());
    return Pattern.compile(regex, Pattern.DOTALL);
  }

  /** The last n; all where n is 0, which stands for "not said". */
  private static List<Entry> last(List<Entry> found, int n) {
    return n <= 0 || n >= found.size() ? found : found.subList(found.size() - n, found.size());
  }

  private static JsonArray tuple(Entry entry, boolean withValue) {
    JsonArray tuple = new JsonArray();
    tuple.add(SESSION);
    tuple.add(entry.number);
    if (!withValue) {
      tuple.add(entry.code);
      return tuple;
    }
    JsonArray pair = new JsonArray();
    pair.add(entry.code);
    pair.add(entry.value == null ? JsonNull.INSTANCE : new JsonPrimitive(entry.value));
    tuple.add(pair);
    return tuple;
  }
}
