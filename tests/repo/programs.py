#!/usr/bin/python3
"""Every program and every Python module that run, test, tests/ and bench/ use comes from a package on our lists.

A bare Debian has what is essential and what these packages pull in; a program that only happens to be on somebody's
machine is missing there. The installed packages' own file lists tell which package a program belongs to. Programs
are found by the forms in which we start them: the first word of a command in a shell script, of a list that is called
a command or given to a function that starts one, and what find(), which() and SBIN / name look up.
"""

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from checking import Example, at, files, run

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
FOR_BUILDING = "build-packages.txt"
FOR_TESTING = "test-packages.txt"
WHERE = "/usr/bin:/usr/sbin:/bin:/sbin"
# ./run installs the packages of the build alone, so its own programs come from there.
WITHOUT_TESTS = {"run", "packaging/install-packages"}

STARTERS = {"run", "Popen", "check_output", "check_call", "call", "execvp", "Process"}
LOOK_UPS = {"find", "which"}
COMMANDS = {"command", "words", "own_world", "unshare", "session"}
PROGRAM = re.compile(r"(/usr/s?bin/)?[a-z][a-z0-9_.+-]*\Z")


def names_in(path):
    return [line.split("#")[0].strip() for line in path.read_text().splitlines() if line.split("#")[0].strip()]


@cache
def installed():
    """{package or what it provides: (real name, [alternatives of each dependency], is essential)}"""
    form = "${Package}\\t${Provides}\\t${Pre-Depends}, ${Depends}\\t${Essential}\\t${Priority}\\t${db:Status-Status}\\n"
    listed = subprocess.run(["dpkg-query", "--show", f"--showformat={form}"], capture_output=True, text=True, check=True)
    packages = {}
    for line in listed.stdout.splitlines():
        name, provides, depends, essential, priority, status = line.split("\t")
        if status != "installed":
            continue
        needs = [[re.split(r"[ (:]", one.strip())[0] for one in any_of.split("|")] for any_of in depends.split(",")]
        entry = (name, needs, essential == "yes" or priority == "required" or name == "apt")
        packages[name] = entry
        for provided in provides.split(","):
            packages.setdefault(re.split(r"[ (:]", provided.strip())[0], entry)
    return packages


@cache
def reached_from(*lists):
    """The packages of a bare Debian, those of the lists, and all that they depend on."""
    packages = installed()
    ahead = [name for path in lists for name in names_in(PACKAGING / path)]
    ahead += [name for name, (_, _, essential) in packages.items() if essential]
    reached = set()
    while ahead:
        entry = packages.get(ahead.pop())
        if entry is None or entry[0] in reached:
            continue
        reached.add(entry[0])
        for alternatives in entry[1]:
            ahead += [name for name in alternatives if name in packages]
    return reached


@cache
def packages_of(path):
    """The packages that have this file, by whichever of its names."""
    names = {path, os.path.realpath(path)}
    names |= {name.removeprefix("/usr") for name in names}
    found = subprocess.run(["dpkg-query", "--search", *sorted(names)], capture_output=True, text=True, check=False)
    packages = set()
    for line in found.stdout.splitlines():
        packages |= {name.split(":")[0].strip() for name in line.rsplit(": ", 1)[0].split(",")}
    return packages


def why_missing(what, path, lists):
    """None: a listed package has it."""
    if path is None:
        return f"no installed package has {what}: name one in packaging/{lists[-1]}"
    packages = packages_of(path)
    if packages & reached_from(*lists):
        return None
    owners = " or ".join(sorted(packages)) or "no package"
    return f"{what} comes from {owners}, which is not in packaging/{lists[-1]}"


def first_word(node):
    """The constant that a command begins with."""
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        node = node.left
    if isinstance(node, (ast.List, ast.Tuple)) and node.elts:
        node = node.elts[0]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def called(node):
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def commands_of(node):
    """The nodes at which `node` says what is started."""
    if isinstance(node, ast.Call) and called(node) in STARTERS:
        return node.args[1:2] if called(node) == "Process" else node.args[:1]  # Process(name, command)
    if isinstance(node, ast.Call) and called(node) in LOOK_UPS and isinstance(node.func, (ast.Name, ast.Attribute)):
        of_module = isinstance(node.func, ast.Name) or getattr(node.func.value, "id", "") in ("shutil", "peers")
        return node.args[:1] if of_module else []
    if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in COMMANDS:
        return [node.value]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and ast.unparse(node.left).endswith("SBIN"):
        return [node.right]
    if isinstance(node, ast.Return) and isinstance(node.value, ast.List):
        return [node.value]
    return []


def programs_of_python(text):
    for node in ast.walk(ast.parse(text)):
        for command in commands_of(node):
            word = first_word(command)
            if word and PROGRAM.match(word):
                yield command.lineno, word


def modules_of_python(text):
    for node in ast.walk(ast.parse(text)):
        names = [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            yield node.lineno, name.split(".")[0]


COMMAND_PLACE = re.compile(
    r"(?:^|[|;&({`]|\$\(|\b(?:then|do|else|exec|if|while|!)\s)\s*(?:\w+=\S*\s+)*(?P<word>[a-z][a-z0-9_.+-]*)(?=[\s;)]|$)"
)
SHELL_WORDS = set(
    "if then else elif fi for while do done case esac in function select until time exec cd exit return local declare "
    "export set unset trap echo printf read test true false shift source eval wait kill command builtin mapfile".split()
)


def programs_of_shell(text):
    # What a script asks after before it starts it, it can do without.
    known = set(re.findall(r"^(\w+)\(\)|command -v (\S+)", text, re.MULTILINE))
    known = SHELL_WORDS.union(*known)
    bare = re.sub(r"<<-?'?(\w+)'?.*?^\s*\1$", lambda m: "\n" * m[0].count("\n"), text, flags=re.DOTALL | re.MULTILINE)
    bare = re.sub(r"'[^']*'", lambda m: "''" + "\n" * m[0].count("\n"), bare)
    for number, line in enumerate(bare.splitlines(), start=1):
        code = re.sub(r"(^|\s)#.*", "", line)
        code = re.sub(r'"[^"]*"', lambda quoted: quoted[0] if "$(" in quoted[0] else '""', code)
        if re.match(r"\s*[\w*|. -]+\)\s", code) or re.match(r"\s*\w+\+?=\(", code):
            continue  # a branch of a case, a list of words
        for match in COMMAND_PLACE.finditer(code):
            if match["word"] not in known:
                yield number, match["word"]


def scripts(root):
    for path in files(root, {".py", ""}):
        inside = path.relative_to(root)
        if inside.parts[0] in ("tests", "bench", ".ci") or str(inside) in WITHOUT_TESTS | {"test"}:
            first, _, _ = path.read_text().partition("\n")
            if path.suffix == ".py" or first.startswith("#!"):
                yield path, "python" if path.suffix == ".py" or "python" in first else "shell"


def is_ours(root, path, module):
    """A module of this repository: beside the file, in a folder above it, or what integration tests share."""
    folders = [*path.parents, root / "tests/integration"]
    return any((folder / f"{module}.py").exists() or (folder / module).is_dir() for folder in folders)


def check(root):
    findings = []
    for path, language in scripts(root):
        text = path.read_text()
        alone = str(path.relative_to(root)) in WITHOUT_TESTS
        lists = (FOR_BUILDING,) if alone else (FOR_BUILDING, FOR_TESTING)
        used = programs_of_python(text) if language == "python" else programs_of_shell(text)
        for line, program in sorted(set(used)):
            why = why_missing(program, shutil.which(program, path=WHERE), lists)
            findings += [at(root, path, line, why)] if why else []
        for line, module in sorted(set(modules_of_python(text))) if language == "python" else ():
            if module in sys.stdlib_module_names or is_ours(root, path, module):
                continue
            spec = importlib.util.find_spec(module)
            why = why_missing(f"Python's {module}", spec and spec.origin, lists)
            findings += [at(root, path, line, why)] if why else []
    return findings


EXAMPLES = [
    Example("tests/a.py", "import subprocess\nsubprocess.run(['ls'], check=True)\n"),
    Example("tests/a.py", "import subprocess\nsubprocess.run(['no-such-daemon', '-d'])\n", "a.py:2: no installed package"),
    Example("tests/a.py", "command = ['no-such-daemon', '-d']\n", "no-such-daemon"),
    Example("bench/a.py", "def f():\n    return [find('no-such-daemon'), '-d']\n", "no-such-daemon"),
    Example("bench/a.py", "Process('it', [sandbox.SBIN / 'no-such-daemon'])\n", "no-such-daemon"),
    Example("tests/a.py", "sandbox.run('no-such-daemon', 'x')\n", "no-such-daemon"),
    Example("tests/a.py", "import no_such_module\n", "no_such_module"),
    Example("test", "#!/bin/bash\nx=$(no-such-daemon -x | sort)\n", "no-such-daemon"),
    Example("test", "#!/bin/bash\nf() { ls; }\nf | sort >x # no-such-daemon\ncase $1 in\n  no-such) ls ;;\nesac\n"),
    # ./run installs the packages of the build alone.
    Example("run", "#!/bin/bash\nshellcheck x\n", "run:2: shellcheck comes from shellcheck"),
]

if __name__ == "__main__":
    run(check, EXAMPLES)
