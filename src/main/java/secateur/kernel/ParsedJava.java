package secateur.kernel;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Source text in the hands of the JDK's compiler.
 *
 * @param source the text
 * @param task for its trees, elements and types
 * @param unit the syntax tree, with what is wrong left out
 */
record ParsedJava(String source, JavacTask task, CompilationUnitTree unit) {

  /** What kind of snippet a piece of source is. */
  enum Kind { IMPORT, MEMBER, LOCAL }

  private static final class Text extends SimpleJavaFileObject {

    private final String source;

    Text(String source) {
      super(URI.create("string:///Cell.java"), Kind.SOURCE);
      this.source = source;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return source;
    }
  }

  /** @param files where classes are looked for; null if nothing but the syntax matters */
  static ParsedJava of(String source, JavaFileManager files, List<String> options) {
    JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
        .getTask(null, files, error -> {}, options, null, List.<JavaFileObject>of(new Text(source)));
    try {
      return new ParsedJava(source, task, task.parse().iterator().next());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The kind of a snippet, which may be unfinished. */
  static Kind kind(String snippet) {
    if (snippet.startsWith("import ")) {
      return Kind.IMPORT;
    }
    ParsedJava parsed = of("class $ {" + snippet, null, List.of());
    List<? extends Tree> types = parsed.unit().getTypeDecls();
    List<? extends Tree> members = types.isEmpty() ? List.of() : ((ClassTree) types.get(0)).getMembers();
    return !members.isEmpty() && isMember(members.get(0)) ? Kind.MEMBER : Kind.LOCAL;
  }

  private static boolean isMember(Tree tree) {
    return tree instanceof ClassTree
        || tree instanceof MethodTree method && method.getReturnType() != null && method.getBody() != null
            && !method.getName().contentEquals("<error>");
  }
}
