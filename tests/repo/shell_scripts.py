#!/usr/bin/python3
"""Every shell script passes shellcheck and stops at its first error."""

import subprocess

from checking import NOT_OURS, Example, at, run


def shell_scripts(root):
    for path in sorted(root.rglob("*")):
        if NOT_OURS.isdisjoint(path.relative_to(root).parts) and path.is_file():
            with path.open("rb") as file:
                first = file.readline()
            if first.startswith(b"#!") and b"sh" in first:
                yield path


def check(root):
    findings = []
    for path in shell_scripts(root):
        if "set -euo pipefail" not in path.read_text():
            findings.append(at(root, path, 1, "does not say 'set -euo pipefail'"))
        result = subprocess.run(
            ["shellcheck", "--format=gcc", path.name], cwd=path.parent, capture_output=True, text=True, check=False
        )
        findings += [f"{path.parent.relative_to(root)}/{line}" for line in result.stdout.splitlines()]
    return findings


EXAMPLES = [
    Example("run", '#!/bin/bash\nset -euo pipefail\nexec "$@"\n'),
    Example("run", "#!/bin/bash\nset -euo pipefail\nexec $@\n", "run:3:"),
    Example("run", "#!/bin/bash\nexec true\n", "set -euo"),
]

if __name__ == "__main__":
    run(check, EXAMPLES)
