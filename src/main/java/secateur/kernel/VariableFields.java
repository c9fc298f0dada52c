package secateur.kernel;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private final Set<String> lost = new LinkedHashSet<>();

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
    Object value = value(before);
    boolean same = snippet(before).equals(snippet(field));
    if (same && before.getType() == field.getType()) {
      set(field, value);
    } else if (same && value != null) {
      lost.add(field.getName());
    }
    if (!before.getType().isPrimitive()) {
      set(before, null);
    }
  }

  /** Variables whose own class was declared anew since this was asked last, and which are null therefore. */
  List<String> lost() {
    List<String> names = lost.stream().filter(name -> value(byName.get(name)) == null).toList();
    lost.clear();
    return names;
  }

  /** Lets go of all values. */
  void clear() {
    byName.values().stream().filter(field -> !field.getType().isPrimitive()).forEach(field -> set(field, null));
  }

  private static Object value(Field field) {
    try {
      return field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void set(Field field, Object value) {
    try {
      field.set(null, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String snippet(Field field) {
    Matcher name = SNIPPET.matcher(field.getDeclaringClass().getName());
    return name.matches() ? name.group(1) : field.getDeclaringClass().getName();
  }
}
