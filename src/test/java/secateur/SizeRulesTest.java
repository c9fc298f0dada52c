package secateur;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Files, methods and lists of parameters stay small enough to read at one sight. */
class SizeRulesTest {

  private static final int FILE = 400;
  private static final int METHOD = 60;
  private static final int PARAMETERS = 5;
  private static final int COMPONENTS = 7;

  /** One method, or one record, whose parameters are its components. */
  private record Piece(String name, long lines, int parameters, boolean record) {}

  private static final List<Path> FILES = new ArrayList<>();
  private static final List<Piece> PIECES = new ArrayList<>();

  @BeforeAll
  static void read() throws IOException {
    try (var all = Files.walk(Path.of("src/main/java"))) {
      all.filter(file -> file.toString().endsWith(".java")).sorted().forEach(FILES::add);
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task = (JavacTask) compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(FILES));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new Scanner(unit, positions).scan(unit, "");
      }
    }
  }

  private static final class Scanner extends TreeScanner<Void, String> {

    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final Set<String> records = new HashSet<>();

    Scanner(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
    }

    @Override
    public Void visitClass(ClassTree type, String outer) {
      if (type.getKind() == Tree.Kind.RECORD) {
        int components = (int) type.getMembers().stream().filter(member -> member.getKind() == Tree.Kind.VARIABLE)
            .filter(member -> !member.toString().contains("static ")).count();
        PIECES.add(new Piece(type.getSimpleName().toString(), 0, components, true));
        records.add(type.getSimpleName().toString());
      }
      return super.visitClass(type, type.getSimpleName().toString());
    }

    @Override
    public Void visitMethod(MethodTree method, String type) {
      boolean ofRecord = method.getName().contentEquals("<init>") && records.contains(type);
      PIECES.add(new Piece(type + "." + method.getName(), lines(method), ofRecord ? 0 : method.getParameters().size(), false));
      return super.visitMethod(method, type);
    }

    private long lines(Tree tree) {
      LineMap lines = unit.getLineMap();
      return 1 + lines.getLineNumber(positions.getEndPosition(unit, tree)) - lines.getLineNumber(positions.getStartPosition(unit, tree));
    }
  }

  @Test
  void thereIsSomethingToMeasure() {
    assertThat(FILES).hasSizeGreaterThan(80);
    assertThat(PIECES).hasSizeGreaterThan(500).anyMatch(Piece::record).anyMatch(piece -> piece.lines() > 20);
  }

  @Test
  void files() {
    assertThat(FILES).allSatisfy(file -> assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(FILE));
  }

  @Test
  void methods() {
    assertThat(PIECES).filteredOn(piece -> piece.lines() > METHOD).isEmpty();
  }

  @Test
  void parameters() {
    assertThat(PIECES).filteredOn(piece -> !piece.record() && piece.parameters() > PARAMETERS).isEmpty();
  }

  @Test
  void components() {
    assertThat(PIECES).filteredOn(piece -> piece.record() && piece.parameters() > COMPONENTS).isEmpty();
  }

  @Test
  void nineOfTenMethodsAreShort() {
    long[] lines = PIECES.stream().filter(piece -> !piece.record()).mapToLong(Piece::lines).sorted().toArray();
    assertThat(lines[lines.length * 9 / 10]).isLessThanOrEqualTo(16);
  }
}
