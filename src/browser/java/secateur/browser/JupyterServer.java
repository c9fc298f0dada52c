package secateur.browser;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import secateur.kernel.KernelSpec;

/** Debian's notebook server, on this machine alone, with our kernel and copies of the notebooks. */
record JupyterServer(Process process, int port, Path notebooks) implements AutoCloseable {

  private static final String TRUST = "from nbformat.sign import TrustNotebookApp; TrustNotebookApp.launch_instance()";

  static JupyterServer start(Path folder) throws IOException {
    Path notebooks = Files.createDirectories(folder.resolve("notebooks"));
    copy(Path.of("notebooks"), notebooks);
    copy(Path.of("src", "browser", "resources"), notebooks);
    KernelSpec.install(folder.resolve("kernels"));
    trust(folder, notebooks.resolve("01-prune-and-quantize.ipynb"));
    int port = freePort();
    ProcessBuilder command = process(folder, "/usr/bin/jupyter", "notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1",
        "--port=" + port, "--port-retries=0", "--NotebookApp.token=", "--notebook-dir=" + notebooks);
    Process process = command.redirectErrorStream(true).redirectOutput(folder.resolve("server.log").toFile()).start();
    JupyterServer server = new JupyterServer(process, port, notebooks);
    server.await();
    return server;
  }

  private static ProcessBuilder process(Path folder, String... command) {
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().putAll(Map.of("JUPYTER_PATH", folder.toString(), "JUPYTER_CONFIG_DIR", folder.resolve("config").toString(),
        "JUPYTER_RUNTIME_DIR", folder.resolve("run").toString(), "HOME", folder.toString()));
    return process;
  }

  /** As for one's own notebooks; those of others lose their colours. */
  private static void trust(Path folder, Path notebook) throws IOException {
    wait(process(folder, "/usr/bin/python3", "-c", TRUST, notebook.toString()).start());
  }

  private static void wait(Process process) throws IOException {
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  String address(String notebook) {
    return "http://127.0.0.1:" + port + "/notebooks/" + notebook;
  }

  private void await() throws IOException {
    for (int i = 0; i < 1800 && process.isAlive(); i++) {
      try (java.net.Socket socket = new java.net.Socket("127.0.0.1", port)) {
        return;
      } catch (java.net.ConnectException e) {
        pause();
      }
    }
    throw new IOException("the notebook server does not answer on port " + port);
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".ipynb")).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  /** Kernels end with their server. */
  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    wait(process);
  }
}
