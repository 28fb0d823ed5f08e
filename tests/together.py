#!/usr/bin/python3
"""Writes one C++ file out of several test files, so that the headers that all of them include are parsed once.

Usage: together.py ROOT OUTPUT FILE...

Test files give the same names to different things. So each one is included inside a namespace of its own, after all
headers that any of them includes: `#pragma once` then makes the includes of the file itself empty. A file that opens
a namespace of ours opens another one by that name in there, which sees ours by using-directives.
"""

import re
import sys
from pathlib import Path

INCLUDE = re.compile(r"^#include .+$", re.MULTILINE)
OUR_NAMESPACE = re.compile(r"^namespace (shirube::\w+) \{$", re.MULTILINE)


def includes_of(path, text, root):
    """The includes of a file, those of headers beside it by their path from the root."""
    for line in INCLUDE.findall(text):
        beside = re.match(r'#include "([^"/]+)"', line)
        if beside and (path.parent / beside[1]).is_file():
            yield f'#include "{(path.parent / beside[1]).relative_to(root)}"'
        else:
            yield line


def wrapped(number, path, text, root):
    ours = dict.fromkeys(OUR_NAMESPACE.findall(text))
    usings = [f"using namespace ::{name};" for name in (["shirube"] if ours else []) + list(ours)]
    return [f"namespace file_{number} {{", *usings, f'#include "{path.relative_to(root)}"', "}"]


def main(root, output, *names):
    paths = [Path(name) for name in names]
    texts = [path.read_text() for path in paths]
    includes = {line: None for path, text in zip(paths, texts) for line in includes_of(path, text, Path(root))}
    bodies = [line for n, (path, text) in enumerate(zip(paths, texts)) for line in wrapped(n, path, text, Path(root))]
    Path(output).write_text("\n".join([*includes, *bodies, ""]))


if __name__ == "__main__":
    main(*sys.argv[1:])
