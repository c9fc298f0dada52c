package secateur.kernel;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Readable plain text of the HTML that documentation is written in. */
final class HtmlText {

  private static final Pattern ENTITY = Pattern.compile("&(#\\d+|#[xX]\\p{XDigit}+|\\w+);");
  private static final Pattern PRE = Pattern.compile("(?s)<pre>(.*?)</pre>");
  private static final Map<String, String> NAMED = Map.ofEntries(Map.entry("lt", "<"), Map.entry("gt", ">"), Map.entry("amp", "&"),
      Map.entry("quot", "\""), Map.entry("nbsp", " "), Map.entry("apos", "'"), Map.entry("ndash", "–"), Map.entry("mdash", "—"),
      Map.entry("le", "≤"), Map.entry("ge", "≥"), Map.entry("times", "×"), Map.entry("hellip", "…"), Map.entry("copy", "©"));

  private HtmlText() {}

  static String of(String html) {
    StringBuilder text = new StringBuilder();
    Matcher pre = PRE.matcher(html);
    int end = 0;
    while (pre.find()) {
      text.append(flowing(html.substring(end, pre.start()))).append("\n\n").append(indented(pre.group(1))).append("\n\n");
      end = pre.end();
    }
    text.append(flowing(html.substring(end)));
    return entities(text.toString().replaceAll("[ \\t]+\\n", "\n").replaceAll("\\n{3,}", "\n\n").strip());
  }

  private static String flowing(String html) {
    return html.replaceAll("\\s+", " ").replaceAll(" ?</?(?:p|ul|ol|dl|table|blockquote|h\\d)> ?", "\n\n")
        .replaceAll(" ?<(?:br|tr|hr)> ?", "\n").replaceAll(" ?<li> ?", "\n  - ").replaceAll(" ?<dt> ?", "\n")
        .replaceAll(" ?<dd> ?", "  ").replaceAll("</t[hd]> ?", "  ").replaceAll("<[^>]*>", "");
  }

  private static String indented(String code) {
    return code.replaceAll("<[^>]*>", "").stripTrailing().lines().dropWhile(String::isBlank)
        .map(line -> "    " + line).collect(Collectors.joining("\n"));
  }

  private static String entities(String text) {
    return ENTITY.matcher(text).replaceAll(found -> Matcher.quoteReplacement(entity(found.group(1))));
  }

  private static String entity(String name) {
    if (name.startsWith("#")) {
      boolean hex = Character.toLowerCase(name.charAt(1)) == 'x';
      return Character.toString(Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10));
    }
    return NAMED.getOrDefault(name, "&" + name + ";");
  }
}
