#!/usr/bin/python3
"""Every C++ file outside tests/ passes clang-tidy 19 with our .clang-tidy.

Usage: clang_tidy.py ROOT BUILD-TREE. A file that passed is not looked at again until it, a header of ours that it
includes, its compile command or .clang-tidy changes; the build tree remembers.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from checking import Example, cpp_files, run

RULES = Path(__file__).resolve().parents[2] / ".clang-tidy"
# Flags of GCC that clang does not know are no finding about the code.
EXTRA = ["-Wno-unknown-warning-option", "-Wno-ignored-optimization-argument", "-Wno-unused-command-line-argument"]
# The analyzer's deep mode took two thirds of all the time (message.cpp 12 s, shallow 4 s).
EXTRA += ["-Xclang", "-analyzer-config", "-Xclang", "mode=shallow"]
OUR_INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)


def tidy(path, arguments):
    command = ["clang-tidy-19", "--quiet", f"--config-file={RULES}", *arguments]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    findings = [line for line in result.stdout.splitlines() if re.search(r": (warning|error): ", line)]
    if result.returncode != 0 and not findings:
        findings = [f"{path}: clang-tidy failed: {result.stderr.strip()}"]
    return findings


def closure(root, path, seen):
    """The file and all headers of ours that it includes."""
    if path in seen or not path.is_file():
        return
    seen.add(path)
    for header in OUR_INCLUDE.findall(path.read_text()):
        closure(root, root / header, seen)


def fingerprint(root, entry):
    sources = set()
    closure(root, Path(entry["file"]), sources)
    digest = hashlib.sha256(entry["command"].encode() + RULES.read_bytes())
    for path in sorted(sources):
        digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return digest.hexdigest()


def check_compiled(root, build):
    passed = build / "clang-tidy-passed"
    passed.mkdir(exist_ok=True)
    ours = {str(path) for path in cpp_files(root)}
    entries = [e for e in json.loads((build / "compile_commands.json").read_text()) if e["file"] in ours]

    def findings_of(entry):
        mark = passed / fingerprint(root, entry)
        if mark.exists():
            return []
        extra = [f"--extra-arg={flag}" for flag in EXTRA]
        findings = tidy(entry["file"], ["-p", str(build), *extra, entry["file"]])
        if not findings:
            mark.touch()
        return findings

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return sorted({finding for findings in pool.map(findings_of, entries) for finding in findings})


def check(root):
    if len(sys.argv) > 2 and root == Path(sys.argv[1]).resolve():
        return check_compiled(root, Path(sys.argv[2]))
    return [f for path in cpp_files(root) for f in tidy(path, [str(path), "--", "-std=c++23", f"-I{root}"])]


EXAMPLES = [
    Example("wire/name.cpp", "int* pointer() { return nullptr; }\n"),
    Example("wire/name.cpp", "int* pointer() { return 0; }\n", "[modernize-use-nullptr"),
]

if __name__ == "__main__":
    run(check, EXAMPLES)
