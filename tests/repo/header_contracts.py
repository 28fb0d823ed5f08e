#!/usr/bin/python3
"""Every header opens with its contract: purpose, then what it says of threads, ownership, units and errors, in this order."""

import re

from checking import Example, at, files, CODE_FOLDERS, run

HEADINGS = ["Threads", "Owns", "Units", "Errors"]


def finding_for(text):
    contract = re.match(r"(//[^\n]*\n)+", text)
    if not contract:
        return "does not open with a comment block that is its contract"
    if not text[contract.end() :].lstrip("\n").startswith("#pragma once"):
        return "#pragma once does not follow the contract"
    headings = re.findall(r"^// (%s):" % "|".join(HEADINGS), contract[0], re.MULTILINE)
    if "Threads" not in headings:
        return "contract does not say which threads may use it (// Threads: ...)"
    if headings != sorted(headings, key=HEADINGS.index):
        return f"contract has its headings in another order than {', '.join(HEADINGS)}"
    if contract[0].startswith("// Threads:"):
        return "contract does not begin with the purpose"
    return None


def check(root):
    findings = []
    for path in files(root, {".hpp"}, CODE_FOLDERS):
        if finding := finding_for(path.read_text()):
            findings.append(at(root, path, 1, finding))
    return findings


GOOD = "// A name.\n// Threads:  values.\n// Errors:   none.\n#pragma once\n"
EXAMPLES = [
    Example("wire/name.hpp", GOOD),
    Example("wire/name.hpp", "#pragma once\n" + GOOD, "does not open with"),
    Example("wire/name.hpp", "// A name.\n#pragma once\n", "which threads"),
    Example("wire/name.hpp", "// A name.\n// Errors: none.\n// Threads: values.\n#pragma once\n", "in another order"),
    Example("wire/name.hpp", "// Threads: values.\n#pragma once\n", "the purpose"),
    Example("wire/name.hpp", "// A name.\n// Threads: values.\n#include <string>\n", "#pragma once"),
]

if __name__ == "__main__":
    run(check, EXAMPLES)
