"""Runs Jupyter's own kernel test suite (python3-jupyter-kernel-test) on the kernel "secateur"."""
import functools
import unittest

import jupyter_kernel_test

PATIENCE = 15  # seconds, where the suite allows a tenth of one for a message: other processes may have the processor


class SecateurKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "secateur"
    language_name = "java"
    file_extension = ".jshell"

    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("oops");'
    code_generate_error = 'throw new IllegalStateException("on purpose");'
    code_page_something = 'Notebook.page("a page");'
    code_clear_output = "Notebook.clear();"
    code_inspect_sample = "Math.max("
    code_history_pattern = "6*?7"
    code_execute_result = [
        {"code": "6*7", "result": "42"},
        {"code": '"a" + 1', "result": "a1"},
        {"code": 'Table.create("t")', "mime": "text/html"},
        {"code": "new java.awt.image.BufferedImage(2, 2, 1)", "mime": "image/png"},
        {"code": "%secateur", "mime": "text/html"},
    ]
    code_display_data = [
        {"code": 'display("shown");', "mime": "text/plain"},
        {"code": 'display(Table.create("t"));', "mime": "text/html"},
    ]
    completion_samples = [
        {"text": "Math.floorM", "matches": ["floorMod("]},
        {"text": "int a = 1;\nMath.floorM", "matches": ["floorMod("]},
        {"text": "%qua", "matches": ["quantize"]},
    ]
    complete_code_samples = ["1 + 1", "int i = 0;", "int f() { return 1; }", "%eval", "%undo\n1 + 1"]
    incomplete_code_samples = ["for (int i = 0; i < 3; i++) {", "int f(", "class A {\n"]
    invalid_code_samples = ["}", ")"]
    supported_history_operations = ("tail", "range", "search")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        channel = cls.kc.iopub_channel
        plain = channel.get_msg
        channel.get_msg = functools.wraps(plain)(lambda *, timeout=None: plain(timeout=max(timeout or 0, PATIENCE)))

    def flush_channels(self):
        """Reads until the kernel is idle after a question of ours, rather than until it is silent for a while."""
        asked = self.kc.kernel_info()
        while self.kc.get_shell_msg(timeout=PATIENCE)["parent_header"]["msg_id"] != asked:
            pass
        while True:
            message = self.kc.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == asked and message["content"].get("execution_state") == "idle":
                return


if __name__ == "__main__":
    unittest.main(verbosity=2)
