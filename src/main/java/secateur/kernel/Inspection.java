package secateur.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import jdk.jshell.ImportSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import secateur.lab.Html;

/** Finds the declaration, the documentation and, if asked for, the source of the name or the call at the cursor. */
final class Inspection {

  private final List<Snippet> session;
  private final String classPath;

  /**
   * @param session what is declared now
   * @param classPath where classes and their sources are
   */
  Inspection(List<Snippet> session, String classPath) {
    this.session = session;
    this.classPath = classPath;
  }

  /**
   * What is known of the end of {@code here}; empty if nothing is.
   *
   * @param snippets the Java above it that has not run
   * @param source whether to show the source as well
   */
  Optional<DisplayData> inspect(List<String> snippets, String here, boolean source) {
    Sketch sketch = new Sketch(snippets);
    String code = imports(sketch) + "class $Session {\n" + declarations() + sketch.before(here) + here;
    try (StandardJavaFileManager files = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
      ParsedJava java = ParsedJava.of(code + "\n;", files,
          List.of("-classpath", classPath, "-proc:none", "-parameters", "-XDshould-stop.at=FLOW", "-XDshould-stop.ifError=FLOW"));
      java.task().analyze();
      Documented documented = new Documented(new SourceFiles(classPath), java);
      List<Element> found = new Candidates(java).at(code.length());
      return found.isEmpty() ? Optional.empty() : Optional.of(bundle(found, documented, source));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String imports(Sketch sketch) {
    List<String> lines = session.stream().filter(ImportSnippet.class::isInstance).map(Snippet::source).toList();
    return String.join("\n", lines) + "\n" + String.join("\n", sketch.imports()) + "\n";
  }

  private String declarations() {
    return session.stream().filter(snippet -> !(snippet instanceof ImportSnippet))
        .map(snippet -> snippet instanceof VarSnippet v ? "static " + v.typeName() + " " + v.name() + ";" : snippet.source())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private DisplayData bundle(List<Element> found, Documented documented, boolean source) {
    String html = found.stream().map(element -> html(element, documented, source)).collect(Collectors.joining("\n<hr>\n"));
    DisplayData data = new DisplayData(HtmlText.of(html));
    data.putHTML(html);
    return data;
  }

  private String html(Element element, Documented documented, boolean source) {
    String signature = "<p><code>" + Html.escape(Sketch.withoutOwn(Signature.of(element))) + "</code></p>\n";
    Optional<String> declaration = declaration(element);
    if (declaration.isPresent()) {
      return signature + pre(declaration.get());
    }
    String text = source || documented.isTyped(element) ? documented.source(element) : "";
    return signature + documented.html(element) + (text.isEmpty() ? "" : "\n" + pre(text));
  }

  private static String pre(String text) {
    return "<pre>" + Html.escape(text) + "</pre>";
  }

  /** How a variable of the session was declared. */
  private Optional<String> declaration(Element element) {
    boolean ofSession = element.getKind().isField() && element.getEnclosingElement() instanceof TypeElement owner
        && owner.getSimpleName().contentEquals("$Session");
    return session.stream().filter(snippet -> ofSession && snippet instanceof VarSnippet v && element.getSimpleName().contentEquals(v.name()))
        .map(Snippet::source).map(String::strip).findFirst();
  }
}
