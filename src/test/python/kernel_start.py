"""Measures how long the kernel "secateur" takes from its spec to results.

  ./secateur kernel install [--archive]
  /usr/bin/python3 src/test/python/kernel_start.py [ROUNDS]

Prints, in seconds, what is done at: ready (the kernel answers), first (the first cell, 6*7, has its result),
second (another 6*7), tools (a table, a chart, a model and a tensor). Each of the two columns is over the rounds.
"""
import statistics
import sys
import time

from jupyter_client.manager import KernelManager

TOOLS = """
var model = Llm.load("java-8m");
var table = Table.create("t").addColumns(tech.tablesaw.api.DoubleColumn.create("x", 1, 2));
display(table);
display(QuickChart.getChart("c", "x", "y", "s", new double[] {1, 2}, new double[] {1, 2}));
model.layer("0.q").weight().mean()
"""


def run(client, code):
    failures = []
    client.execute_interactive(code, timeout=120, output_hook=lambda message: failures.append(message["content"])
                               if message["msg_type"] in ("error", "stream") else None)
    if failures:
        sys.exit(f"the cell failed or printed: {failures}")


def measure():
    manager = KernelManager(kernel_name="secateur")
    began = time.perf_counter()
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=120)
        times = {"ready": time.perf_counter() - began}
        for name, code in (("first", "6*7"), ("second", "6*7"), ("tools", TOOLS)):
            run(client, code)
            times[name] = time.perf_counter() - began
        return times
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def main():
    rounds = [measure() for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 5)]
    print(f"{'seconds':8} least  median   of {len(rounds)}")
    for name in rounds[0]:
        values = [each[name] for each in rounds]
        print(f"{name:8} {min(values):5.2f}  {statistics.median(values):6.2f}")


if __name__ == "__main__":
    main()
