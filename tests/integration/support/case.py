"""The frame of every test file: a sandbox around it, and servers that end with their test."""

import sys
import unittest

from support import sandbox


class TestCase(unittest.TestCase):
    """Keeps what a test started and stops it, last first; shows what the servers said when it failed."""

    longMessage = True

    def started(self, server):
        """Stops `server` after this test and hands it back."""
        self.addCleanup(self._end, server)
        return server

    def _end(self, server):
        server.stop()
        if self._failed() and hasattr(server, "output"):
            text = server.output()
            print(f"--- {server.name} said:\n{text[-2000:]}\n---", flush=True)

    def _failed(self):
        outcome = self._outcome
        result = getattr(outcome, "result", None)
        problems = (result.failures + result.errors) if result else []
        return any(test is self for test, _ in problems) or not outcome.success

    def note(self, text):
        """One line on what was seen, for whoever reads the log of a green run."""
        print(f"  {text}", flush=True)


def main():
    """Runs the test file that calls this, inside a sandbox. Exit code 0, 1, or 77 when it is skipped."""
    sandbox.enter()
    sys.stdout.reconfigure(line_buffering=True)
    runner = unittest.TextTestRunner(stream=sys.stdout, verbosity=2)
    unittest.main(module="__main__", testRunner=runner)
