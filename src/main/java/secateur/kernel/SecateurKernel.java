package secateur.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.HelpLink;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.dflib.jjava.jupyter.messages.Header;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.reply.KernelInfoReply;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;
import org.dflib.jjava.jupyter.messages.request.KernelInfoRequest;
import org.dflib.jjava.jupyter.messages.request.ShutdownRequest;
import secateur.tensor.Progress;

/** The Jupyter kernel: jjava-jupyter's protocol with its wrong answers mended, and an evaluator of our own. */
public final class SecateurKernel extends BaseKernel {

  private static final long HALT_AFTER_MS = 150;

  private final KernelIO kernelIO;
  private final History history = new History();
  private final CountDownLatch started = new CountDownLatch(1);
  private final CellRunner cells;
  private final Settings settings;
  private final Evaluator evaluator;
  private final CompletableFuture<Void> imports;
  private final Magics magics;
  private final Host host = new KernelHost(this);
  private final CellProgress progress = new CellProgress(host);
  private volatile Object running; // one object a run, or null

  private SecateurKernel(KernelIO io, Settings settings) {
    super("secateur", version(), language(), List.of(new HelpLink("DJL", "https://docs.djl.ai")), null, io,
        new CommManager(), new Renderer(), null, new MagicsRegistry(), settings.extensions(), new StringStyler.Builder().build());
    kernelIO = io;
    this.settings = settings;
    cells = new CellRunner(this::show, io, history);
    magics = new Magics(new KernelSession(this::evaluator), getMagicsRegistry());
    evaluator = new Evaluator(settings.compilerOptions(), magics);
    imports = CompletableFuture.runAsync(() -> evaluator.imports(Imports.lines()));
  }

  /**
   * Runs a kernel until Jupyter shuts it down.
   *
   * @param arguments the connection file that Jupyter wrote
   */
  public static void main(String[] arguments) throws IOException, GeneralSecurityException {
    ParentWatch.start(System.getenv("JPY_PARENT_PID"));
    SecateurKernel kernel = new SecateurKernel(new KernelIO(new CellOutput()), Settings.read());
    String properties = Files.readString(Path.of(arguments[0]));
    Connection connection = new Connection(KernelConnectionProperties.parse(properties), kernel.kernelIO.output());
    kernel.becomeHandlerForConnection(connection);
    connection.connect();
    kernel.start();
    connection.waitUntilClose();
  }

  private void start() {
    try {
      Views.showIn(host);
      Notebook.screen(host);
      imports.join();
      onStartup();
      List<String> failures = settings.runScripts(evaluator);
      evaluator.limit(settings.limit());
      Progress.listener(progress);
      kernelIO.install();
      settings.problems().forEach(System.err::println);
      failures.forEach(System.err::println);
    } finally {
      started.countDown();
    }
  }

  /** Ours is for kernels of others: what it adds is in this one. */
  @Override
  protected void installExtension(Extension extension) {
    if (!(extension instanceof SecateurExtension)) {
      super.installExtension(extension);
    }
  }

  private static String version() {
    return Optional.ofNullable(SecateurKernel.class.getPackage().getImplementationVersion()).orElse("0.1.0");
  }

  private static LanguageInfo language() {
    return new LanguageInfo.Builder("java").version(System.getProperty("java.specification.version"))
        .mimetype("text/x-java-source").fileExtension(".jshell").pygments("java")
        .codemirror("text/x-java").build();
  }

  private Evaluator evaluator() {
    return evaluator;
  }

  @Override
  public Object evalRaw(String source) {
    return evaluator.evaluate(source, 0);
  }

  private DisplayData show(String code, int number) {
    Progress.reset();
    progress.newCell();
    running = new Object();
    Exercise.forget();
    try {
      return render(checked(evaluator.evaluate(code, number)));
    } finally {
      running = null;
      Workspace.took().ifPresent(System.out::println);
    }
  }

  /** What is said of the running cell if it is the answer to a task; its own value is shown before. */
  private Object checked(Object value) {
    Optional<Verdict> verdict = Exercise.verdict(evaluator);
    verdict.filter(any -> value != null).ifPresent(any -> Notebook.display(value));
    return verdict.isPresent() ? verdict.get() : value;
  }

  /**
   * The kernel that runs in this process.
   *
   * @throws IllegalStateException if there is none, or one of others
   */
  static SecateurKernel current() {
    if (notebookKernel instanceof SecateurKernel kernel) {
      return kernel;
    }
    throw new IllegalStateException("only the Secateur kernel can do this");
  }

  /** What the user declared. */
  Variables variables() {
    return evaluator.variables();
  }

  private DisplayData render(Object value) {
    if (value == null || value instanceof DisplayData) {
      return (DisplayData) value;
    }
    try {
      return getRenderer().render(value);
    } catch (RuntimeException | Error e) {
      String message = "a value of " + value.getClass().getName() + " cannot be shown: " + e;
      String head = Colour.red(e.getClass().getSimpleName()) + ": " + message;
      throw new CellError(e.getClass().getName(), message, List.of(head));
    }
  }

  /** Shows text in the front end's pager when the running cell is done. */
  void page(DisplayData data) {
    cells.page(data);
  }

  @Override
  public void interrupt() {
    Object run = running;
    new Interrupter(evaluator).interrupt(() -> run != null && running == run);
  }

  @Override
  public DisplayData inspect(String code, int at, boolean extraDetail) {
    return assist().inspect(code, at, extraDetail);
  }

  @Override
  public ReplacementOptions complete(String code, int at) {
    return assist().complete(code, at);
  }

  @Override
  public String isComplete(String code) {
    return assist().isComplete(code);
  }

  private Assist assist() {
    awaitStart();
    return new Assist(evaluator, magics);
  }

  private void awaitStart() {
    try {
      started.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  protected synchronized void handleExecuteRequest(ShellReplyEnvironment environment, Message<ExecuteRequest> message) {
    awaitStart();
    commManager.setMessageContext(message);
    cells.run((RequestEnvironment) environment, message);
  }

  @Override
  protected void handleKernelInfoRequest(ShellReplyEnvironment environment, Message<KernelInfoRequest> message) {
    environment.setBusyDeferIdle();
    JsonObject content = (JsonObject) new Gson().toJsonTree(
        new KernelInfoReply(Header.PROTOCOL_VERISON, name, version, languageInfo, getBanner(), helpLinks));
    content.addProperty("status", "ok");
    ((RequestEnvironment) environment).reply(MessageType.KERNEL_INFO_REPLY, content);
  }

  @Override
  protected void handleHistoryRequest(ShellReplyEnvironment environment, Message<HistoryRequest> message) {
    environment.setBusyDeferIdle();
    ((RequestEnvironment) environment).reply(MessageType.HISTORY_REPLY, history.reply(message.getContent()));
  }

  /** Answers and leaves, whatever still runs. */
  @Override
  protected void handleShutdownRequest(ShellReplyEnvironment environment, Message<ShutdownRequest> message) {
    environment.setStatusBusy();
    boolean restart = message.getContent().isRestart();
    JsonObject content = (JsonObject) new Gson().toJsonTree(Map.of("status", "ok", "restart", restart));
    ((RequestEnvironment) environment).reply(MessageType.SHUTDOWN_REPLY, content);
    environment.setStatusIdle();
    Thread halt = new Thread(SecateurKernel::halt, "secateur-halt");
    halt.start();
  }

  private static void halt() {
    try {
      Thread.sleep(HALT_AFTER_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(0);
  }
}
