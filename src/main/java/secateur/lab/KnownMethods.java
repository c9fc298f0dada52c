package secateur.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import secateur.method.Method;
import secateur.model.Llm;

/** The methods on the class path, found by their packages. */
public final class KnownMethods {

  /** Where methods are. */
  public static final List<String> PACKAGES = List.of("secateur.prune", "secateur.quantize", "secateur.distill");

  private static final Map<String, List<Class<?>>> FOUND = new ConcurrentHashMap<>();

  private KnownMethods() {}

  /** The public methods of a package, by name. */
  public static List<Class<?>> in(String packageName) {
    return FOUND.computeIfAbsent(packageName, KnownMethods::find);
  }

  /** How to write a method, with all there are: {@code Wanda(double share), Wanda(int n, int m), …}. */
  public static String sentence() {
    return "methods are written in Java, without the word new: " + PACKAGES.stream().flatMap(name -> in(name).stream())
        .flatMap(KnownMethods::written).collect(Collectors.joining(", "));
  }

  /** The constructors of a method that take only numbers and models, as they are written. */
  public static Stream<String> written(Class<?> method) {
    return Arrays.stream(method.getConstructors())
        .filter(constructor -> Arrays.stream(constructor.getParameterTypes()).allMatch(type -> type.isPrimitive() || type == Llm.class))
        .sorted(Comparator.comparing(Constructor::getParameterCount)).map(KnownMethods::written);
  }

  private static String written(Constructor<?> constructor) {
    return constructor.getDeclaringClass().getSimpleName() + Arrays.stream(constructor.getParameters())
        .map(parameter -> parameter.getType().getSimpleName() + " " + parameter.getName())
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static List<Class<?>> find(String packageName) {
    try (JavaFileManager files = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
      List<Class<?>> classes = new ArrayList<>();
      for (JavaFileObject file : files.list(StandardLocation.CLASS_PATH, packageName, EnumSet.of(JavaFileObject.Kind.CLASS), false)) {
        String name = files.inferBinaryName(StandardLocation.CLASS_PATH, file);
        Class<?> type = Class.forName(name, false, KnownMethods.class.getClassLoader());
        if (Method.class.isAssignableFrom(type) && Modifier.isPublic(type.getModifiers()) && !type.isInterface()) {
          classes.add(type);
        }
      }
      classes.sort(Comparator.comparing(Class::getSimpleName));
      return List.copyOf(classes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the class path", e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
