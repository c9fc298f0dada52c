package secateur.course;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The units of a course, in nbgrader's layout: {@code source/NN-name/exercise.ipynb}.
 *
 * @param units by their folders' names
 */
public record Course(List<Unit> units) {

  private static final String RESOURCE = "/secateur/course/source";

  public Course {
    units = List.copyOf(units);
  }

  /**
   * The units in a directory.
   *
   * @param source whose folders are units if they hold an exercise
   */
  public static Course of(Path source) {
    try (Stream<Path> folders = Files.list(source)) {
      List<Unit> units = new ArrayList<>();
      for (Path folder : folders.filter(each -> Files.exists(each.resolve(Unit.EXERCISE))).sorted().toList()) {
        units.add(Unit.read(folder));
      }
      return new Course(units);
    } catch (IOException e) {
      throw new UncheckedIOException("the course in " + source + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The course of this project: from its directory, or from the class path. */
  public static Course here() {
    Optional<Path> source = source();
    return source.isPresent() ? of(source.get()) : packed();
  }

  /** Where the project's units are with their lectures; empty where there is only the class path. */
  public static Optional<Path> source() {
    return Optional.ofNullable(System.getProperty("secateur.home")).map(home -> Path.of(home, "tutorials", "source")).filter(Files::isDirectory);
  }

  private static Course packed() {
    URL resource = Course.class.getResource(RESOURCE);
    if (resource == null) {
      return new Course(List.of());
    }
    try {
      URI uri = resource.toURI();
      if (!uri.getScheme().equals("jar")) {
        return of(Path.of(uri));
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return of(jar.getPath(RESOURCE));
      }
    } catch (IOException | URISyntaxException | FileSystemNotFoundException e) {
      throw new IllegalStateException("the course in " + resource + " cannot be read: " + e, e);
    }
  }

  /**
   * A unit by its number, as {@code 3} or {@code 03}, or by its folder's name.
   *
   * @throws IllegalArgumentException if there is none; the message names those there are
   */
  public Unit unit(String name) {
    return units.stream().filter(unit -> unit.folder().equals(name) || name.matches("0*" + unit.number())).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no unit " + name + "; there are "
            + units.stream().map(Unit::folder).collect(Collectors.joining(", "))));
  }

  /**
   * A task by its name.
   *
   * @throws IllegalArgumentException if there is none; the message names those there are
   */
  public Task task(String name) {
    List<Task> tasks = units.stream().flatMap(unit -> unit.tasks().stream()).toList();
    return tasks.stream().filter(task -> task.name().equals(name)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no task " + name + "; there are "
            + tasks.stream().map(Task::name).collect(Collectors.joining(", "))));
  }
}
