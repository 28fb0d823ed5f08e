"""What the checks of this folder share: which files are ours, what is code in them, and how a check runs.

A check is a function from the root of a tree to its findings ("path:line: what is wrong"). Before it sees the
repository it must find what is wrong in each of its own bad examples, and nothing in its good ones: a check that
cannot fail proves nothing.
"""

import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

CODE_FOLDERS = ("wire", "dnssec", "cache", "upstream", "policy", "conf", "diagnose", "sim", "server", "bench")
NOT_OURS = {".git", "build", "__pycache__", ".cache"}


@dataclass(frozen=True)
class Example:
    path: str
    text: str
    finding: str = ""  # a part of the one finding; "" = the example is good


def files(root, suffixes, folders=None):
    """Our files with one of the suffixes, in the given top-level folders or everywhere."""
    found = []
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root).parts
        if NOT_OURS.isdisjoint(inside) and path.suffix in suffixes and path.is_file():
            if folders is None or inside[0] in folders:
                found.append(path)
    return found


def cpp_files(root, folders=CODE_FOLDERS):
    return files(root, {".hpp", ".cpp"}, folders)


_NO_CODE = re.compile(
    r'//[^\n]*'
    r'|/\*.*?\*/'
    r'|R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9])'(?:\\.|[^'\\\n])+'",
    re.DOTALL,
)


def code_of(text):
    """C++ without comments and literals; the lines keep their numbers."""
    return _NO_CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def at(root, path, line, message):
    return f"{path.relative_to(root)}:{line}: {message}"


def _findings_in(example, check):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        path = root / example.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(example.text)
        return check(root)


def _prove_that_it_can_fail(check, examples):
    for example in examples:
        findings = _findings_in(example, check)
        as_expected = len(findings) == 1 and example.finding in findings[0] if example.finding else findings == []
        if not as_expected:
            sys.exit(f"the check itself is broken: for {example} it finds {findings}")


def run(check, examples):
    """The whole program: proves the check on its examples, then checks the root given as the first argument."""
    _prove_that_it_can_fail(check, examples)
    findings = check(Path(sys.argv[1]).resolve())
    for finding in findings:
        print(finding)
    sys.exit(1 if findings else 0)
