"""Runs Jupyter's own kernel test suite (python3-jupyter-kernel-test) on the kernel "secateur"."""
import unittest

import jupyter_kernel_test


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


if __name__ == "__main__":
    unittest.main(verbosity=2)
