package secateur.kernel;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import jdk.jshell.Snippet;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;

/** Classes that every cell can name, and declarations that would stand in their way: a class or a variable of that name. */
final class Shadows {

  private static final List<String> IMPORTS = Stream.concat(Stream.of("import java.lang.*;"), Imports.lines().stream())
      .filter(line -> !line.startsWith("import static ")).map(line -> line.substring("import ".length(), line.indexOf(';')).strip()).toList();

  private Shadows() {}

  /** Whether {@code declaration} takes the name of an imported class. */
  static boolean isOne(Snippet declaration) {
    return declaration instanceof TypeDeclSnippet type && isImported(type.name())
        || declaration instanceof VarSnippet variable && isImported(variable.name());
  }

  private static boolean isImported(String name) {
    return IMPORTS.stream().anyMatch(each -> each.endsWith(".*")
        ? exists(each.substring(0, each.length() - 1) + name) : each.endsWith("." + name));
  }

  private static boolean exists(String name) {
    try {
      return Modifier.isPublic(Class.forName(name, false, Shadows.class.getClassLoader()).getModifiers()); // others are not imported
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
