#!/usr/bin/python3
"""What was meant to go before a commit: marks of unfinished work, merge conflicts, and paths of one person's machine."""

import re

from checking import NOT_OURS, Example, at, run

# Spelled so that this file does not find itself.
FORBIDDEN = {
    "mark of unfinished work": r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b",
    "merge conflict": r"^(<{7}|={7}|>{7})( |$)",
    "path of one machine": r"(?<![\w.])/(wo" r"rk|ho" r"me|Us" r"ers|ro" r"ot)/[\w.]",
}
BINARY = {".bin", ".png", ".gz"}


def is_ours(root, path):
    return NOT_OURS.isdisjoint(path.relative_to(root).parts) and path.is_file() and path.suffix not in BINARY


def check(root):
    findings = []
    for path in sorted(root.rglob("*")):
        if not is_ours(root, path):
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), start=1):
            for what, pattern in FORBIDDEN.items():
                if match := re.search(pattern, line):
                    findings.append(at(root, path, number, f"{what}: {match[0]}"))
    return findings


EXAMPLES = [
    Example("wire/name.cpp", "int x;\n// TO" "DO: y\n", "name.cpp:2: mark"),
    Example("docs/a.md", "<<<<<<< HEAD\n", "merge conflict"),
    Example("run", "cd /ho" "me/me/shirube\n", "path of one machine"),
    Example("docs/a.md", "Title\n=======x\n/etc/shirube/shirube.toml, /run/shirube, network/ho" "me/x\n"),
]

if __name__ == "__main__":
    run(check, EXAMPLES)
