package secateur.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.BoundingBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.course.Cell;
import secateur.course.Course;
import secateur.course.NotebookFile;
import secateur.course.Release;
import secateur.course.Task;
import secateur.course.Unit;
import secateur.grade.Graded;
import secateur.grade.Grader;
import secateur.grade.Limits;
import secateur.grade.Sandbox;

/** Notebooks as a person sees them: Debian's Jupyter, in Debian's Chromium. Pictures of them go to {@code target/screenshots}. */
class BrowserTest {

  private static final List<String> FLAGS = List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking");
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final double MINUTES_MS = 60_000;

  @TempDir
  private static Path folder;

  private static JupyterServer server;
  private static Playwright playwright;
  private static Browser browser;

  @BeforeAll
  static void open() throws IOException {
    server = JupyterServer.start(folder);
    playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser = playwright.chromium().launch(
        new LaunchOptions().setExecutablePath(Path.of("/usr/bin/chromium")).setArgs(FLAGS).setTimeout(3 * MINUTES_MS));
  }

  @AfterAll
  static void close() throws IOException {
    browser.close();
    playwright.close();
    server.close();
  }

  private static Page page(String notebook) {
    Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(1280, 1000));
    page.setDefaultTimeout(3 * MINUTES_MS); // waits, of navigation too, on a busy machine
    page.navigate(server.address(notebook));
    page.waitForFunction("() => window.Jupyter && Jupyter.notebook && Jupyter.notebook._fully_loaded"
        + " && Jupyter.notebook.kernel && Jupyter.notebook.kernel.is_connected()");
    return page;
  }

  private static void picture(Page page, String name) throws IOException {
    Files.createDirectories(PICTURES);
    page.evaluate("document.querySelector('#site').style.height = 'auto'");
    page.setViewportSize(1280, 200 + (int) page.evaluate("document.querySelector('#notebook-container').scrollHeight"));
    page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
  }

  /** A picture of some cells of a page that fits the viewport; the README shows one. */
  private static void cells(Page page, int from, int to, String name) {
    BoundingBox top = page.locator(".cell").nth(from).boundingBox();
    BoundingBox bottom = page.locator(".cell").nth(to).boundingBox();
    page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png"))
        .setClip(top.x, top.y, top.width, bottom.y + bottom.height - top.y));
  }

  private static void runAll(Page page) {
    page.evaluate("Jupyter.notebook.execute_all_cells()");
    page.waitForSelector(".secateur-progress", new Page.WaitForSelectorOptions().setTimeout(2 * MINUTES_MS));
    page.waitForFunction("() => Jupyter.notebook.get_cells().every(cell => cell.cell_type !== 'code' || cell.input_prompt_number > 0)",
        null, new Page.WaitForFunctionOptions().setTimeout(5 * MINUTES_MS));
  }

  private static List<?> texts(Page page, String selector) {
    return page.locator(selector).allInnerTexts();
  }

  @Test
  void tablesChartsProgressAndErrorsAreThere() throws IOException {
    Page page = page("tour.ipynb");
    runAll(page);
    picture(page, "tour");
    assertThat(texts(page, "table.secateur-table")).anySatisfy(table -> assertThat((String) table).contains("Wanda 50%", "perplexity"));
    assertThat((int) page.evaluate("[...document.querySelectorAll('.output_png img')].filter(i => i.naturalWidth > 800).length")).isPositive();
    assertThat(page.locator(".output_svg svg").count()).isPositive();
    assertThat(texts(page, ".secateur-progress")).isNotEmpty().noneSatisfy(line -> assertThat((String) line).contains("%,"));
    assertThat(texts(page, ".output_error")).singleElement().satisfies(error -> assertThat((String) error).contains("did you mean Wanda?"));
    assertThat(texts(page, ".output_stderr")).isEmpty();
  }

  /** Replaces what stands below the line %%check of {@code task}, runs the cell, and waits for its answer. */
  private static String answered(Page page, String task, String body) {
    page.evaluate("""
        ([task, body]) => {
          const cell = Jupyter.notebook.get_cells().find(each => each.get_text().startsWith('%%check ' + task + '\\n'));
          cell.set_text('%%check ' + task + '\\n' + body);
          cell.clear_output();
          cell.execute();
        }""", List.of(task, body));
    page.waitForFunction("task => Jupyter.notebook.get_cells().find(each => each.get_text().startsWith('%%check ' + task + '\\n'))"
        + ".output_area.element.find('.secateur-check').length > 0", task, new Page.WaitForFunctionOptions().setTimeout(2 * MINUTES_MS));
    return (String) page.evaluate("task => Jupyter.notebook.get_cells().find(each => each.get_text().startsWith('%%check ' + task + '\\n'))"
        + ".output_area.element.find('.secateur-check').text()", task);
  }

  private static void runs(Page page, String beginning) {
    page.evaluate("beginning => Jupyter.notebook.get_cells().find(each => each.get_text().startsWith(beginning)).execute()", beginning);
    page.waitForFunction("beginning => Jupyter.notebook.get_cells().find(each => each.get_text().startsWith(beginning)).input_prompt_number > 0",
        beginning, new Page.WaitForFunctionOptions().setTimeout(2 * MINUTES_MS));
  }

  /** What stands in {@code exercise} as the answer to {@code task}. */
  private static String body(NotebookFile exercise, String task) {
    return exercise.cells().stream().map(Cell::source).filter(source -> source.startsWith("%%check " + task + "\n")).map(Task::body).findFirst().orElseThrow();
  }

  /** As a student does it: opened, not begun, wrong, right, saved, and marked. */
  @Test
  void aUnitOfTheCourse() throws IOException {
    Unit unit = Course.of(Path.of("tutorials", "source")).unit("3");
    Path file = server.notebooks().resolve("exercise.ipynb");
    NotebookFile released = Release.of(unit.exercise());
    Files.writeString(file, released.text());
    Page page = page("exercise.ipynb");
    runs(page, "%model");
    assertThat(answered(page, "magnitude", body(released, "magnitude"))).contains("still to be written");
    picture(page, "course-open");
    String wrong = Files.readString(Path.of("src/test/resources/secateur/course/03-magnitude-and-wanda/magnitude/removes-the-largest.java"));
    assertThat(answered(page, "magnitude", wrong)).contains("the largest weights went");
    picture(page, "course-wrong");
    for (Task task : unit.tasks()) {
      assertThat(answered(page, task.name(), body(unit.exercise(), task.name()))).contains("All tests of " + task.name() + " pass.");
    }
    picture(page, "course-right");
    page.evaluate("Jupyter.notebook.save_notebook()");
    page.waitForFunction("() => !Jupyter.notebook.dirty");
    Graded graded = new Grader(Limits.USUAL, Sandbox.NONE).grade(unit, NotebookFile.read(file));
    assertThat(graded.marks().points()).isEqualTo(graded.marks().most()).isEqualTo(10);
    assertThat(texts(page, ".output_stderr")).isEmpty();
  }

  @Test
  void theFirstNotebookShowsItsKeptOutputs() throws IOException {
    Page page = page("01-prune-and-quantize.ipynb");
    picture(page, "01-prune-and-quantize");
    cells(page, 13, 16, "notebook");
    assertThat(page.locator("table.secateur-table").count()).isGreaterThan(5);
    assertThat(page.locator(".output_png img").count()).isGreaterThan(3);
    assertThat(texts(page, ".output_error")).isEmpty();
  }
}
