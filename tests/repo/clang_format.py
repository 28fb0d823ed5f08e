#!/usr/bin/python3
"""Every C++ file is as clang-format 19 with our .clang-format lays it out."""

import subprocess
from pathlib import Path

from checking import CODE_FOLDERS, Example, cpp_files, run

STYLE = Path(__file__).resolve().parents[2] / ".clang-format"


def check(root):
    sources = [str(path) for path in cpp_files(root, (*CODE_FOLDERS, "tests"))]
    if not sources:
        return []
    command = ["clang-format-19", f"--style=file:{STYLE}", "--dry-run", "--ferror-limit=1", *sources]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    findings = [line for line in result.stderr.splitlines() if "[-Wclang-format-violations]" in line]
    if result.returncode != 0 and not findings:
        findings = [result.stderr]
    return findings


EXAMPLES = [
    Example("wire/name.cpp", "int f() { return 1; }\n"),
    Example("wire/name.cpp", "int  f()\n{\n return 1; }\n", "name.cpp:1:"),
]

if __name__ == "__main__":
    run(check, EXAMPLES)
