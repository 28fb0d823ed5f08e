#!/usr/bin/python3
"""Every C++ file outside tests/ passes clang-tidy 19 with our .clang-tidy.

Usage: clang_tidy.py ROOT BUILD-TREE [--all | --record]

The files of a folder are looked at together, as one translation unit (so no two of them may give the same name to
different things, not even in unnamed namespaces). A folder that passed is not looked at again until a file of it, a
header of ours that it includes, its compile command, .clang-tidy or this file changes. The build tree remembers that,
and so does clang_tidy_passed.txt beside this file, for a fresh clone: --record writes there what passes now. --all looks
at every folder, whatever is remembered.
"""

import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from checking import Example, cpp_files, run

PASSED = Path(__file__).with_name("clang_tidy_passed.txt")
RULES = Path(__file__).resolve().parents[2] / ".clang-tidy"
# Flags of GCC that clang does not know are no finding about the code.
EXTRA = ["-Wno-unknown-warning-option", "-Wno-ignored-optimization-argument", "-Wno-unused-command-line-argument"]
# The analyzer's deep mode took two thirds of all the time (message.cpp 12 s, shallow 4 s).
EXTRA += ["-Xclang", "-analyzer-config", "-Xclang", "mode=shallow"]
# The analyzer passes over what is included, unless the file that includes it has this in its name.
TOGETHER = "UnifiedSource"
OUR_INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)


def closure(root, path, seen):
    """The file and all headers of ours that it includes."""
    if path in seen or not path.is_file():
        return
    seen.add(path)
    for header in OUR_INCLUDE.findall(path.read_text()):
        closure(root, root / header, seen)


@dataclass(frozen=True)
class Folder:
    """Files of one folder that are compiled alike."""

    flags: tuple
    files: tuple

    def source(self):
        """All of them in one translation unit: most of clang-tidy's time goes into the libraries' headers."""
        return "".join(f'#include "{file}"  // NOLINT(bugprone-suspicious-include)\n' for file in self.files)

    def findings(self, together):
        """`together`: where to write source(), for as long as this takes."""
        together.write_text(self.source())
        command = ["clang-tidy-19", "--quiet", f"--config-file={RULES}", str(together), "--", *self.flags, *EXTRA]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        together.unlink()
        findings = [line for line in result.stdout.splitlines() if re.search(r": (warning|error): ", line)]
        if result.returncode != 0 and not findings:
            findings = [f"{Path(self.files[0]).parent}: clang-tidy failed: {result.stderr.strip()}"]
        return findings

    def fingerprint(self, root):
        sources = set()
        for file in self.files:
            closure(root, Path(file), sources)
        # The same wherever the tree stands.
        compiled = repr(self).replace(str(root), ".")
        digest = hashlib.sha256(compiled.encode() + RULES.read_bytes() + Path(__file__).read_bytes())
        for path in sorted(sources):
            digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
        return digest.hexdigest()


def flags_of(entry):
    """The compile command without the compiler and without what it reads and writes."""
    words = shlex.split(entry["command"])[1:]
    for option in ("-o", "-c"):
        at = words.index(option)
        del words[at : at + 2]
    return tuple(words)


def compiled_by(entry):
    """The source of a compile command, or the sources that CMake includes into one for a unity build."""
    path = Path(entry["file"])
    if path.parent.name != "Unity":
        return [str(path)]
    return re.findall(r'^#include "([^"]+)"', path.read_text(), re.MULTILINE)


def folders_of(root, build):
    ours = {str(path) for path in cpp_files(root)}
    groups = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        for file in ours.intersection(compiled_by(entry)):
            groups.setdefault((Path(file).parent, flags_of(entry)), set()).add(file)
    folders = [Folder(flags, tuple(sorted(files))) for (_, flags), files in groups.items()]
    return sorted(folders, key=lambda folder: -len(folder.files))


def uncompiled(root, folders):
    """Sources that no compile command names: this check would pass over them."""
    seen = {file for folder in folders for file in folder.files}
    return [f"{path.relative_to(root)}: not compiled" for path in cpp_files(root)
            if path.suffix == ".cpp" and str(path) not in seen]


def check_compiled(root, build, mode):
    passed = build / "clang-tidy-passed"
    passed.mkdir(exist_ok=True)
    recorded = set(PASSED.read_text().split()) if PASSED.exists() else set()
    folders = folders_of(root, build)

    def findings_of(folder):
        fingerprint = folder.fingerprint(root)
        mark = passed / fingerprint
        if mode != "--all" and (mark.exists() or fingerprint in recorded):
            return []
        findings = folder.findings(passed / f"{TOGETHER}-{fingerprint}.cpp")
        if not findings:
            mark.touch()
        return findings

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        findings = sorted({finding for found in pool.map(findings_of, folders) for finding in found})
    if mode == "--record" and not findings:
        PASSED.write_text("".join(sorted(f"{folder.fingerprint(root)}\n" for folder in folders)))
    return findings + uncompiled(root, folders)


def check(root):
    if len(sys.argv) > 2 and root == Path(sys.argv[1]).resolve():
        return check_compiled(root, Path(sys.argv[2]).resolve(), sys.argv[3] if len(sys.argv) > 3 else "")
    example = Folder(("-std=c++23", f"-I{root}"), tuple(map(str, cpp_files(root))))
    return example.findings(root / f"{TOGETHER}.cpp")


EXAMPLES = [
    Example("wire/name.cpp", "int* pointer() { return nullptr; }\n"),
    Example("wire/name.cpp", "int* pointer() { return 0; }\n", "[modernize-use-nullptr"),
    Example("wire/name.cpp", "int f() {\n  int* p = nullptr;\n  return *p;\n}\n", "core.NullDereference"),
]

if __name__ == "__main__":
    run(check, EXAMPLES)
