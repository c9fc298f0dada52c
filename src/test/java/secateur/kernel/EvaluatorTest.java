package secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import secateur.tensor.Progress;

class EvaluatorTest {

  private final Evaluator evaluator = new Evaluator(System.getProperty("java.class.path"), call -> "4 + " + call.words());

  @AfterEach
  void close() {
    Progress.reset();
    evaluator.close();
  }

  private CellError fails(String cell) {
    return catchThrowableOfType(CellError.class, () -> evaluator.evaluate(cell, 3));
  }

  @Test
  void theLastExpressionIsTheValue() {
    assertThat(evaluator.evaluate("int a = 6; // six\n/* and */\na * 7", 1)).isEqualTo(42);
    assertThat(evaluator.evaluate("a;", 2)).isEqualTo(6);
  }

  @Test
  void aMagicMayLeaveItsBodyToTheUser() {
    MagicWriter leaves = new MagicWriter() {
      @Override
      public String java(MagicCall call) {
        return "int before = 1;";
      }

      @Override
      public boolean leavesBody(MagicCall call) {
        return true;
      }
    };
    try (Evaluator timed = new Evaluator(System.getProperty("java.class.path"), leaves)) {
      assertThat(timed.evaluate("%%time\nint a = 6;\nbefore + a", 1)).isEqualTo(7);
      CellError error = catchThrowableOfType(CellError.class, () -> timed.evaluate("%%time\nint b = 6;\nString s = 5;", 2));
      assertThat(error.traceback().get(1)).contains("cell 2, line 3 | String s = 5;");
    }
  }

  @Test
  void resultsWithoutANameAreLetGo() {
    var result = new WeakReference<>(evaluator.evaluate("new byte[1000]", 1));
    evaluator.evaluate("int one = 1;", 2);
    evaluator.evaluate("one", 3);
    assertIsLetGo(result);
  }

  private static void assertIsLetGo(WeakReference<?> value) {
    for (int i = 0; i < 50 && !value.refersTo(null); i++) {
      System.gc();
    }
    assertThat(value.refersTo(null)).isTrue();
  }

  @Test
  void aVariableKeepsItsValueWhereWhatItWasMadeOfIsDeclaredAnew() {
    evaluator.evaluate("var a = new StringBuilder(\"a\"); var all = new java.util.ArrayList<Object>(java.util.List.of(a)); int length = a.length() + 4;", 1);
    evaluator.evaluate("var a = (StringBuilder) all.get(0);", 2);
    assertThat(evaluator.evaluate("all + \", \" + a + \", \" + length", 3)).isEqualTo("[a], a, 5");
    evaluator.evaluate("CharSequence a = \"b\";", 4);
    assertThat(evaluator.evaluate("all + \", \" + a + \", \" + length", 5)).isEqualTo("[a], b, 5");
  }

  @Test
  void namesInMessagesAreThoseThatWereTyped() {
    evaluator.evaluate("record Pair(int a, int b) {} Pair pair = null; class Wrong extends RuntimeException { Wrong() { super(\"so\"); } }", 1);
    assertThat(fails("pair.a()")).hasMessageContaining("because \"pair\" is null");
    assertThat(fails("throw new Wrong();").traceback().get(0)).contains("Wrong").doesNotContain("JShell");
    assertThat(fails("throw new IllegalStateException(\"outer\", new Wrong());").traceback()).anyMatch(line -> line.startsWith("caused by") && line.contains("Wrong"))
        .noneMatch(line -> line.contains("JShell"));
  }

  @Test
  void aVariableWhoseClassIsDeclaredAnewIsSaidToBeNull() {
    assertThat(printed(() -> evaluator.evaluate("record Pair(int a) {} Pair pair = new Pair(1); Pair none = null;", 1))).isEmpty();
    assertThat(printed(() -> evaluator.evaluate("record Pair(int a) { int twice() { return 2 * a; } }", 2)))
        .startsWith("pair is null now, because its class was declared anew").hasLineCount(1);
    assertThat(printed(() -> evaluator.evaluate("var pair = new Pair(3);", 3))).isEmpty();
    assertThat(printed(() -> evaluator.evaluate("record Pair(int a, int b) {}", 4))).startsWith("pair must be declared again").hasLineCount(1);
    assertThat(printed(() -> evaluator.evaluate("record Pair(int a) {} var pair = new Pair(1);", 5))).isEmpty();
    assertThat(evaluator.evaluate("pair.a()", 6)).isEqualTo(1);
  }

  private static String printed(Runnable cell) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      cell.run();
      return bytes.toString(StandardCharsets.UTF_8);
    } finally {
      System.setOut(before);
    }
  }

  @Test
  void whatAVariableHeldBeforeItWasDeclaredAnewIsLetGo() {
    evaluator.evaluate("var bytes = new byte[1000]; var other = bytes.length;", 1);
    var before = new WeakReference<>(evaluator.evaluate("bytes", 2));
    evaluator.evaluate("var bytes = new byte[10];", 3);
    evaluator.evaluate("bytes.length", 4);
    assertIsLetGo(before);
  }

  @Test
  void variablesHaveTheirValues() {
    evaluator.evaluate("var list = new java.util.ArrayList<Integer>(); int a = 6;", 1);
    evaluator.evaluate("a * 7", 2);
    evaluator.evaluate("a = 7;", 3);
    assertThat(evaluator.variables().named()).containsExactly(
        new Variables.Variable("list", "ArrayList<Integer>", List.of()), new Variables.Variable("a", "int", 7));
  }

  @Test
  void valuesAreTheObjectsThemselves() {
    Object list = evaluator.evaluate("var list = new java.util.ArrayList<Integer>();\nlist", 1);
    evaluator.evaluate("list.add(5);", 2);
    assertThat(list).isEqualTo(List.of(5));
  }

  @Test
  void declarationsStatementsAndAssignmentsHaveNoValue() {
    assertThat(evaluator.evaluate("int a = 6;", 1)).isNull();
    assertThat(evaluator.evaluate("a = 7;", 2)).isNull();
    assertThat(evaluator.evaluate("a; if (a > 1) a++;", 3)).isNull();
    assertThat(evaluator.evaluate("5; System.gc()", 4)).isNull();
    assertThat(evaluator.evaluate(" \n// nothing\n", 5)).isNull();
  }

  @Test
  void classesOfOneCellMayNameEachOther() {
    assertThat(evaluator.evaluate("record A(B b) {}\nrecord B(int i) {}\nnew A(new B(3)).b().i()", 1)).isEqualTo(3);
  }

  @Test
  void aMagicIsReplacedByTheJavaThatItWrites() {
    assertThat(evaluator.evaluate("%add 5", 1)).isEqualTo(9);
    assertThat(evaluator.evaluate("int x = %add 6\nx + 1", 2)).isEqualTo(11);
    assertThat(evaluator.evaluate("%%add 7\n", 3)).isEqualTo(11);
  }

  @Test
  void aPercentSignInsideJavaIsNoMagic() {
    assertThat(evaluator.evaluate("int n = 7;\nint r = n\n  %n;\nString s = \"\"\"\n%add 1\n\"\"\";\nr + s", 1))
        .isEqualTo("0%add 1\n");
  }

  @Test
  void compileErrorsPointAtTheUsersLine() {
    CellError error = fails("int y = 3;\n\ny.foo();\nint never = 1;");
    assertThat(error.name()).isEqualTo("CompileError");
    assertThat(error).hasMessage("int cannot be dereferenced");
    assertThat(error.traceback().get(1)).isEqualTo("    cell 3, line 3 | y.foo();");
    assertThat(error.traceback().get(2).indexOf('^')).isGreaterThan(error.traceback().get(1).indexOf("y.foo") - 1);
    assertThat(evaluator.has("y")).isTrue();
    assertThat(evaluator.has("never")).isFalse();
  }

  @Test
  void exceptionsKeepTheirClassAndShowTheUsersLines() {
    evaluator.evaluate("int f(int n) {\n  return Integer.parseInt(\"a\" + n);\n}", 1);
    CellError error = fails("int z = 1;\nf(z)");
    assertThat(error.name()).isEqualTo("java.lang.NumberFormatException");
    assertThat(error.traceback()).contains("    cell 1, line 2 |   return Integer.parseInt(\"a\" + n);", "    cell 3, line 2 | f(z)")
        .noneMatch(line -> line.contains("secateur") || line.contains("REPL"));
  }

  @Test
  void causesAreNamed() {
    CellError error = fails("throw new IllegalStateException(\"outer\", new java.io.IOException(\"inner\"));");
    assertThat(error.traceback()).anyMatch(line -> line.contains("caused by") && line.contains("IOException") && line.contains("inner"));
  }

  @Test
  void errorsInWhatAMagicWroteShowTheMagicAndTheJava() {
    CellError error = fails("int a = 1;\n%add nothing");
    assertThat(error.traceback()).contains("    cell 3, line 2 | %add nothing").anyMatch(line -> line.contains("4 + nothing"));
  }

  @Test
  void errorsOfTheMachineItselfAreErrorsOfTheCell() {
    assertThat(fails("int deep(int n) { return deep(n + 1); }\ndeep(0)").name()).isEqualTo("java.lang.StackOverflowError");
    assertThat(evaluator.evaluate("1 + 1", 4)).isEqualTo(2);
  }

  @Test
  @Timeout(60)
  void anInterruptEndsTheCellAndOnlyTheCell() throws InterruptedException {
    AtomicBoolean runs = new AtomicBoolean(true);
    Thread user = new Thread(() -> {
      while (!evaluator.execution().running()) {
        Thread.onSpinWait();
      }
      new Interrupter(evaluator).interrupt(runs::get);
    });
    evaluator.evaluate("long z = 0;", 2);
    user.start();
    CellError error = fails("while (true) z++;\nint never = 1;");
    runs.set(false);
    user.join();
    assertThat(error.name()).isEqualTo("Interrupted");
    assertThat(evaluator.evaluate("z >= 0", 4)).isEqualTo(true);
    assertThat(evaluator.has("never")).isFalse();
  }

  @Test
  void aPoolLeftRunningDoesNotHoldTheCell() {
    assertThat(evaluator.evaluate("""
        var pool = java.util.concurrent.Executors.newFixedThreadPool(2, r -> { var t = new Thread(r); t.setDaemon(true); return t; });
        pool.submit(() -> 5).get()""", 1)).isEqualTo(5);
  }
}
