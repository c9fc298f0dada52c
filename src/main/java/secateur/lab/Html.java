package secateur.lab;

/** Text as HTML. */
public final class Html {

  private Html() {}

  /** {@code text} with what has a meaning in HTML replaced. */
  public static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        .replace("\"", "&quot;").replace("'", "&#39;");
  }
}
