"""What the kernel "secateur" does as a process: output, interrupts, ends, environment variables."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

PATIENCE = 120
BUSY = 5  # tries: other processes may have the processor while one of them runs
LAB = """
var lab = new Lab(Llm.load("java-8m"), Corpus.load("java").windows(64, 512), Corpus.load("java:test").windows(8, 512));
"""


class Session:
    """A kernel of its own."""

    def __init__(self, **environment):
        self.manager = KernelManager(kernel_name="secateur")
        self.manager.start_kernel(env={**os.environ, **environment})
        self.connect()

    def connect(self):
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.client.stop_channels()
        if self.manager.has_kernel:
            self.manager.shutdown_kernel(now=True)

    def send(self, code):
        return self.client.execute(code)

    def messages(self, sent):
        """Of a cell, to its end."""
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == sent:
                yield message
                if message["content"].get("execution_state") == "idle":
                    return

    def run(self, code):
        return Outcome(self.messages(self.send(code)))

    def interrupt(self, code, after):
        """Interrupts a cell when it has run that long; its outcome, and the seconds from interrupt to end."""
        sent = self.send(code)
        time.sleep(after)
        began = time.perf_counter()
        self.manager.interrupt_kernel()
        outcome = Outcome(self.messages(sent))
        return outcome, time.perf_counter() - began


class Outcome:
    def __init__(self, messages):
        self.text = {"stdout": "", "stderr": ""}
        self.value = self.error = None
        for message in messages:
            content = message["content"]
            if message["msg_type"] == "stream":
                self.text[content["name"]] += content["text"]
            elif message["msg_type"] == "execute_result":
                self.value = content["data"]["text/plain"]
            elif message["msg_type"] == "error":
                self.error = content


def ends(pid, within):
    """Whether no process has this number before the time is up."""
    deadline = time.perf_counter() + within
    while time.perf_counter() < deadline:
        try:
            os.kill(pid, 0)
            if pathlib.Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.05)
    return False


class Output(unittest.TestCase):

    def test_the_first_cell_shows_nothing_but_what_it_makes(self):
        with Session() as session:
            outcome = session.run("""
                var model = Llm.load("java-8m");
                display(model.layer("0.q").weight());
                display(Table.create("t").addColumns(tech.tablesaw.api.DoubleColumn.create("x", 1, 2)));
                QuickChart.getChart("c", "x", "y", "s", new double[] {1, 2}, new double[] {1, 2})""")
            self.assertEqual(({"stdout": "", "stderr": ""}, None), (outcome.text, outcome.error))

    def test_many_lines_arrive_whole_and_fast(self):
        with Session() as session:
            seconds = []
            for _ in range(BUSY):
                began = time.perf_counter()
                outcome = session.run("for (int i = 0; i < 50_000; i++) { System.out.println(\"line \" + i); }")
                seconds.append(time.perf_counter() - began)
                self.assertEqual([f"line {i}" for i in range(50_000)], outcome.text["stdout"].splitlines())
                if seconds[-1] < 2:
                    break
            self.assertLess(min(seconds), 2)

    def test_what_a_thread_prints_after_its_cell_arrives(self):
        with Session() as session, tempfile.TemporaryDirectory() as directory:
            session.run("""new Thread(() -> {
                while (!Files.exists(Path.of("%s", "ended"))) { Thread.onSpinWait(); }
                System.out.println("late"); }).start();""" % directory)
            pathlib.Path(directory, "ended").touch()
            message = session.client.get_iopub_msg(timeout=PATIENCE)
            self.assertEqual("late\n", message["content"].get("text"))


class Interrupts(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.session = Session()
        cls.session.run(LAB)

    @classmethod
    def tearDownClass(cls):
        cls.session.__exit__()

    def stops(self, code, after=1.0):
        for _ in range(BUSY):
            outcome, seconds = self.session.interrupt(code, after)
            self.assertIsNotNone(outcome.error, f"{code} ended before it was interrupted")
            self.assertIn(outcome.error["ename"], ("Interrupted", "java.util.concurrent.CancellationException"))
            self.assertEqual("42", self.session.run("6*7").value)
            if seconds < 2:
                return
        self.fail(f"{code} never ended within two seconds")

    def test_sleep(self):
        self.stops("Thread.sleep(60_000);")

    def test_loop(self):
        self.stops("long z = 0;\nwhile (true) { z++; }")
        first = self.session.run("z").value
        time.sleep(0.2)
        self.assertEqual(first, self.session.run("z").value)

    def test_stream(self):
        self.stops("Stream.iterate(1, i -> i + 1).forEach(i -> { });")

    def test_a_step_and_the_lab_stays(self):
        before = self.session.run("lab.table().rowCount()").value
        self.stops("lab.step(new SparseGpt(0.5))")
        self.assertEqual(before, self.session.run("lab.table().rowCount()").value)

    def test_gptq(self):
        self.stops("lab.step(new Gptq(4))")

    def test_measures(self):
        for code in ("Perplexity.of(lab.model(), Corpus.load(\"java\").windows(512, 512))",
                     "lab.compare(new Wanda(0.5), new Rtn(4), new Magnitude(0.5), new Gptq(4))"):
            self.stops(code)


class Ends(unittest.TestCase):

    def seconds_to_shutdown(self, session):
        pid = session.manager.provisioner.pid
        began = time.perf_counter()
        session.client.shutdown()
        self.assertTrue(ends(pid, 10))
        return time.perf_counter() - began

    def idle(self):
        with Session() as session:
            return self.seconds_to_shutdown(session)

    def busy(self):
        with Session() as session:
            session.send("while (true) { }")
            time.sleep(1)
            began = time.perf_counter()
            pid = session.manager.provisioner.pid
            session.manager._shutdown_status = None
            session.manager.request_shutdown()
            self.assertTrue(ends(pid, 10))
            return time.perf_counter() - began

    def test_shutdown_of_an_idle_kernel(self):
        self.assertTrue(any(self.idle() < 1 for _ in range(BUSY)))

    def test_shutdown_of_a_busy_kernel(self):
        self.assertTrue(any(self.busy() < 1 for _ in range(BUSY)))

    def test_restart(self):
        with Session() as session:
            session.run("int x = 1;")
            session.client.stop_channels()
            session.manager.restart_kernel()
            session.connect()
            self.assertIsNotNone(session.run("x").error)
            self.assertEqual("42", session.run("6*7").value)

    def test_no_kernel_outlives_its_client(self):
        client = subprocess.Popen([sys.executable, "-c", """
import time
from jupyter_client.manager import KernelManager
manager = KernelManager(kernel_name="secateur")
manager.start_kernel()
client = manager.client()
client.start_channels()
client.wait_for_ready(timeout=120)
print(manager.provisioner.pid, flush=True)
time.sleep(600)
"""], stdout=subprocess.PIPE, text=True)
        pid = int(client.stdout.readline())
        client.send_signal(signal.SIGKILL)
        client.wait()
        client.stdout.close()
        self.assertTrue(ends(pid, 10))


EXTENSION = """
public class Added implements org.dflib.jjava.jupyter.Extension {
  public static String word = "";
  public void install(org.dflib.jjava.jupyter.kernel.BaseKernel kernel) { word = "installed"; }
  public void uninstall(org.dflib.jjava.jupyter.kernel.BaseKernel kernel) { }
}
"""


class Environment(unittest.TestCase):

    def first(self, code, **environment):
        with Session(**environment) as session:
            return session.run(code)

    def test_a_statement_may_take_so_long(self):
        with Session(SECATEUR_TIMEOUT="5 SECONDS") as session:
            error = session.run("while (true) { }").error
            self.assertEqual("Timeout", error["ename"])
            self.assertIn("5 seconds", error["evalue"])
            self.assertEqual("42", session.run("6*7").value)
            self.assertIsNone(session.run("Thread.sleep(3000);\nThread.sleep(3000);").error)

    def test_options(self):
        outcome = self.first("System.getProperty(\"word\") + new Object() { int f(int i) { return i; } }"
                             ".getClass().getDeclaredMethods()[0].getParameters()[0].isNamePresent()",
                             SECATEUR_JVM_OPTS="-Dword=a -Xmx1g", SECATEUR_COMPILER_OPTS="-parameters")
        self.assertEqual("atrue", outcome.value)

    def test_scripts(self):
        with tempfile.TemporaryDirectory() as directory:
            pathlib.Path(directory, "one.jsh").write_text("int one = 1;\nint two() { return 2; }")
            outcome = self.first("one + two() + three", SECATEUR_STARTUP_SCRIPTS_PATH=directory + "/*.jsh",
                                 SECATEUR_STARTUP_SCRIPT="int three = 3;")
            self.assertEqual(("6", ""), (outcome.value, outcome.text["stderr"]))

    def test_class_path_and_its_extensions(self):
        spec = pathlib.Path(KernelSpecManager().get_kernel_spec("secateur").resource_dir)
        java = pathlib.Path(json.loads((spec / "kernel.json").read_text())["argv"][2])
        libraries = (spec / "classpath").read_text().replace("\n", os.pathsep)
        with tempfile.TemporaryDirectory() as directory:
            here = pathlib.Path(directory)
            (here / "Added.java").write_text("package added;" + EXTENSION)
            services = here / "classes" / "META-INF" / "services"
            services.mkdir(parents=True)
            (services / "org.dflib.jjava.jupyter.Extension").write_text("added.Added")
            subprocess.run([java.parent / "javac", "-cp", libraries, "-d", here / "classes", here / "Added.java"], check=True)
            subprocess.run([java.parent / "jar", "--create", "--file", here / "added.jar", "-C", here / "classes", "."], check=True)
            path = directory + "/*.jar"
            self.assertEqual("installed", self.first("added.Added.word", SECATEUR_CLASSPATH=path).value)
            self.assertEqual("", self.first("added.Added.word", SECATEUR_CLASSPATH=path, SECATEUR_LOAD_EXTENSIONS="0").value)

    def test_what_cannot_be_used_is_said(self):
        wrong = {
            "SECATEUR_TIMEOUT": ("soon", "allowed is a number of .*30 SECONDS"),
            "SECATEUR_JVM_OPTS": ("-Xmx8gg", "Invalid maximum heap size"),
            "SECATEUR_COMPILER_OPTS": ("-foo", "javac does not know -foo"),
            "SECATEUR_CLASSPATH": ("/no/x.jar", "there is no /no/x.jar"),
            "SECATEUR_LOAD_EXTENSIONS": ("maybe", "allowed is 0"),
            "SECATEUR_STARTUP_SCRIPTS_PATH": ("/no/x.jsh", "")}
        script = "int x = nothing;"
        outcome = self.first("6*7", SECATEUR_STARTUP_SCRIPT=script, **{name: value for name, (value, _) in wrong.items()})
        self.assertEqual("42", outcome.value)
        said = outcome.text["stderr"]
        self.assertEqual(len(wrong) + 1, said.count("\n"), said)
        self.assertRegex(said, "SECATEUR_STARTUP_SCRIPT fails: ")
        for name, (value, allowed) in wrong.items():
            self.assertRegex(said, f'{name} is "{value}".*{allowed}')


if __name__ == "__main__":
    unittest.main(verbosity=2)
