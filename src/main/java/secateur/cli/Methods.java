package secateur.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import secateur.cli.JavaShell.SnippetException;
import secateur.method.Method;

/** Methods as a user writes them: Java expressions, but for the word {@code new} in front. */
final class Methods {

  private static final List<String> PACKAGES = List.of("secateur.prune", "secateur.quantize", "secateur.distill");

  private Methods() {}

  /** The value of each of {@code texts}; what is wrong with one is an error that names it. */
  static List<Method> of(List<String> texts) {
    try (JavaShell shell = new JavaShell()) {
      List<Method> methods = new ArrayList<>();
      for (String text : texts) {
        methods.add(of(text, shell));
      }
      return methods;
    }
  }

  private static Method of(String text, JavaShell shell) {
    String expression = text.strip().startsWith("new ") ? text : "new " + text;
    try {
      if (shell.run("(secateur.method.Method) (" + expression + ")") instanceof Method method) {
        return method;
      }
      throw new IllegalArgumentException("'" + text + "' is not a method; " + known());
    } catch (SnippetException e) {
      String what = "'" + text + "' is not a method that can be used: " + e.getMessage();
      throw new IllegalArgumentException(e.getCause() == null ? what + "; " + known() : what, e);
    }
  }

  /** All methods on the class path, as they are written. */
  static String known() {
    return "methods are written in Java, without the word new: " + PACKAGES.stream().flatMap(name -> classes(name).stream())
        .flatMap(type -> Arrays.stream(type.getConstructors())).filter(Methods::plain)
        .sorted(Comparator.comparing(Constructor::getName)).map(Methods::written).collect(Collectors.joining(", "));
  }

  private static List<Class<?>> classes(String packageName) {
    try (JavaFileManager files = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
      List<Class<?>> classes = new ArrayList<>();
      for (JavaFileObject file : files.list(StandardLocation.CLASS_PATH, packageName, EnumSet.of(JavaFileObject.Kind.CLASS), false)) {
        Class<?> type = Class.forName(files.inferBinaryName(StandardLocation.CLASS_PATH, file), false, Methods.class.getClassLoader());
        if (Method.class.isAssignableFrom(type) && Modifier.isPublic(type.getModifiers()) && !type.isInterface()) {
          classes.add(type);
        }
      }
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the class path", e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether all it takes are numbers. */
  private static boolean plain(Constructor<?> constructor) {
    return Arrays.stream(constructor.getParameterTypes()).allMatch(Class::isPrimitive);
  }

  private static String written(Constructor<?> constructor) {
    return constructor.getDeclaringClass().getSimpleName() + Arrays.stream(constructor.getParameters())
        .map(parameter -> parameter.getType().getSimpleName() + " " + parameter.getName())
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
