#!/usr/bin/python3
"""Every shell line and every TOML block in README.md and docs/ does what the page says.

An HTML comment on the line before a block says how it is tested; a shell or TOML block without one is an error:

    <!-- run -->             each line that starts with "$ " is run and must end with exit code 0; the lines after it are
                             its output, where "…" stands for anything in a line, or alone on a line for any lines
    <!-- run: exit 2 -->     as run, but with this exit code
    <!-- run: background --> the command goes on: its output must come, and at the end of the page SIGTERM must end it
                             with exit code 0
    <!-- config -->          a configuration file that `shirube check-config` finds good

    <!-- setup: COMMAND -->  on a line of its own: what the page takes for granted, say an upstream server

A page is one session, from top to bottom, in a world of its own: a network with nothing but loopback, and a copy of
the file system whose changes are thrown away. So a page may write to /etc and listen on port 53. In it `sudo` is
there and does nothing, `shirube` is the one just built, and commands start at the root of the repository.

Usage: doc_blocks.py ROOT BUILD-TREE. Exit code 77: this host forbids such a world, so nothing was run.
"""

import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from checking import Example, run

CANNOT_RUN = 77
SHELL = {"console", "sh", "bash", "shell"}
PLAIN = {"text"}
MODES = re.compile(r"run|run: (exit \d+|background)|config")


@dataclass
class Step:
    line: int
    mode: str  # as in the comment, or "setup"
    command: str  # or the whole block for "config"
    output: list[str] = field(default_factory=list)


def steps_of_console(block, first_line, mode):
    steps = []
    for offset, line in enumerate(block):
        if line.startswith("$ "):
            steps.append(Step(first_line + offset, mode, line[2:]))
        elif steps and steps[-1].command.endswith("\\") and not steps[-1].output:
            steps[-1].command += "\n" + line
        elif steps:
            steps[-1].output.append(line)
    return steps


def steps_of_block(language, mode, block, first_line):
    if mode == "config":
        return [Step(first_line, mode, "\n".join(block) + "\n")]
    if language == "console":
        return steps_of_console(block, first_line, mode)
    return [Step(first_line, mode, "\n".join(block))]


def complaint(language, mode, block):
    if mode is None:
        return None if language in PLAIN else f"block of '{language}' without a comment that says how it is tested"
    if not MODES.fullmatch(mode):
        return f"unknown way to test a block: '{mode}'"
    if (mode == "config") != (language == "toml") or (mode != "config" and language not in SHELL):
        return f"a block of '{language}' cannot be tested by '{mode}'"
    if language == "console" and not any(line.startswith("$ ") for line in block):
        return 'console block without a line that starts with "$ "'
    return None


def read_page(text):
    """The steps of a page and its complaints, each with its line."""
    steps, complaints = [], []
    lines = text.splitlines()
    mode = None
    number = 0
    while number < len(lines):
        line = lines[number].strip()
        number += 1
        if setup := re.fullmatch(r"<!-- setup: (.*) -->", line):
            steps.append(Step(number, "setup", setup[1]))
        elif comment := re.fullmatch(r"<!-- (.*) -->", line):
            mode = comment[1]
        elif fence := re.fullmatch(r"```(\S*)", line):
            first = number
            while number < len(lines) and lines[number].strip() != "```":
                number += 1
            block = lines[first:number]
            number += 1
            if wrong := complaint(fence[1], mode, block):
                complaints.append((first, wrong))
            elif mode:
                steps += steps_of_block(fence[1], mode, block, first + 1)
            mode = None
        elif line:
            mode = None
    return steps, complaints


def output_pattern(expected):
    """A regular expression for whole output. Runs of blanks count as one: columns move with their contents."""
    pattern = ""
    for line in expected:
        if line.strip() == "…":
            pattern += r"(?:[^\n]*\n)*?"
        else:
            words = [re.escape(part) for part in re.sub(r"\s+", " ", line.rstrip()).split("…")]
            pattern += r"[^\n]*?".join(words) + r"\n"
    return pattern


def output_matches(expected, output):
    if not expected:
        return True
    lines = [re.sub(r"\s+", " ", line.rstrip()) for line in output.strip("\n").splitlines()]
    while expected and not expected[-1].strip():
        expected = expected[:-1]
    return re.fullmatch(output_pattern(expected), "".join(line + "\n" for line in lines)) is not None


def pages(root):
    return sorted([*root.glob("README.md"), *(root / "docs").rglob("*.md"), *(root / "bench").glob("*.md")])


def is_the_repository(root):
    return len(sys.argv) > 2 and root == Path(sys.argv[1]).resolve()


def check(root):
    findings = []
    for page in pages(root):
        name = page.relative_to(root)
        steps, complaints = read_page(page.read_text())
        findings += [f"{name}:{line}: {message}" for line, message in complaints]
        if steps and is_the_repository(root):
            session = [sys.executable, str(Path(__file__).with_name("doc_session.py")), str(root), sys.argv[2], str(name)]
            result = subprocess.run(session, capture_output=True, text=True, check=False)
            if result.returncode == CANNOT_RUN:
                print(f"skipped: {result.stderr.strip()}")
                sys.exit(CANNOT_RUN)
            findings += result.stdout.splitlines()
            if result.returncode != 0 and not result.stdout:
                findings.append(f"{name}: {result.stderr.strip()}")
    return findings


def prove_matching():
    """The comparison of outputs must be able to fail as well."""
    cases = [
        (["a  b"], "a\tb\n", True),
        (["a"], "b\n", False),
        (["a"], "a\nb\n", False),
        (["a", "…"], "a\nb\nc\n", True),
        (["…", "c"], "a\nb\n", False),
        (["took … ms"], "took 12 ms\n", True),
        (["took … ms"], "took 12\nms\n", False),
        (["a.c"], "abc\n", False),
        ([], "anything\n", True),
    ]
    for expected, output, wanted in cases:
        if output_matches(expected, output) != wanted:
            sys.exit(f"the check itself is broken: {expected} against {output!r}")


EXAMPLES = [
    Example("README.md", "Text\n\n<!-- run -->\n```console\n$ true\n```\n\n```text\nfigure\n```\n"),
    Example("README.md", "<!-- setup: true -->\n<!-- config -->\n```toml\n[log]\n```\n"),
    Example("README.md", "Text\n\n```console\n$ true\n```\n", "README.md:3: block of 'console' without a comment"),
    Example("docs/a.md", "```\n$ true\n```\n", "without a comment"),
    Example("docs/a/b.md", "```toml\n[log]\n```\n", "without a comment"),
    Example("README.md", "<!-- run -->\nText between\n```sh\ntrue\n```\n", "without a comment"),
    Example("README.md", "<!-- skip -->\n```sh\ntrue\n```\n", "unknown way to test"),
    Example("README.md", "<!-- run -->\n```toml\n[log]\n```\n", "cannot be tested by"),
    Example("README.md", "<!-- run -->\n```console\ntrue\n```\n", 'starts with "$ "'),
]

if __name__ == "__main__":
    prove_matching()
    run(check, EXAMPLES)
