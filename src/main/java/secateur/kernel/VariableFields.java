package secateur.kernel;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The static fields in which JShell keeps variables. A snippet whose dependency is declared anew gets another class, in which its
 * variable would be null: here the value goes along. What no cell can name any more is let go.
 */
final class VariableFields {

  /** The class of a snippet, {@code REPL.$JShell$21}, then {@code REPL.$JShell$21B} and so on. */
  private static final Pattern SNIPPET = Pattern.compile("(REPL\\.\\$JShell\\$[a-z]*\\d+)[A-Z]*");

  private final Map<String, Field> byName = new HashMap<>();

  /** Takes in {@code classes} that are loaded and have not run. */
  void add(List<Class<?>> classes) {
    classes.stream().filter(each -> SNIPPET.matcher(each.getName()).matches()).flatMap(each -> Arrays.stream(each.getDeclaredFields()))
        .filter(field -> Modifier.isStatic(field.getModifiers()) && !Modifier.isFinal(field.getModifiers())).forEach(this::add);
  }

  private void add(Field field) {
    field.setAccessible(true); // the class around it is JShell's
    Field before = byName.put(field.getName(), field);
    if (before == null) {
      return;
    }
    try {
      if (snippet(before).equals(snippet(field)) && before.getType() == field.getType()) {
        field.set(null, before.get(null));
      }
      if (!before.getType().isPrimitive()) {
        before.set(null, null);
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String snippet(Field field) {
    Matcher name = SNIPPET.matcher(field.getDeclaringClass().getName());
    return name.matches() ? name.group(1) : field.getDeclaringClass().getName();
  }
}
