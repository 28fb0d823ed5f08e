"""delv, BIND's validator for the command line: what it thinks of answers that a resolver hands on."""

import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

from support import sandbox
from support.three_levels.asking import Answer
from support.three_levels.resolvers import named_anchors

_VERDICTS = re.compile(
    r"^; (?:negative response, )?(fully validated|unsigned answer|signed answer, pending validation)",
    re.MULTILINE,
)
_NEGATIVE = {"ncache nxdomain": "NXDOMAIN", "ncache nxrrset": "NOERROR"}


class Delv:
    def __init__(self, world, address):
        self._anchors = sandbox.fresh_path("delv.anchors")
        self._anchors.write_text(named_anchors(world) + "\n")
        self._address = address

    def answers(self, questions):
        """Only code and verdict, without records; in the order of the questions."""
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            return list(threads.map(lambda question: read(self.output(*question)), questions))

    def output(self, name, kind):
        words = ["delv", "-4", "-a", str(self._anchors), "+root=.", f"@{self._address}", name, kind]
        done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
        return done.stdout + done.stderr


def read(text):
    """The answer that delv's words mean: each RRset has its verdict in a comment before it."""
    failure = re.search(r"resolution failed: (.*)", text)
    if failure and failure[1] not in _NEGATIVE:
        return Answer("SERVFAIL", frozenset())
    verdicts = _VERDICTS.findall(text)
    if not verdicts:
        raise AssertionError(f"delv says neither: {text}")
    code = _NEGATIVE[failure[1]] if failure else "NOERROR"
    return Answer(code, frozenset(), all(verdict == "fully validated" for verdict in verdicts))
