#!/usr/bin/python3
"""Folders include only what stands below them, and third-party headers only where they have their one way in."""

import re

from checking import CODE_FOLDERS, Example, at, cpp_files, run

# folder -> what its files may include, as regular expressions over paths from the root.
BELOW = {
    "wire": r"wire/",
    "dnssec": r"(wire|dnssec)/",
    "cache": r"(wire|dnssec|cache)/",
    "upstream": r"(wire|dnssec|cache|upstream)/",
    "policy": r"(wire|policy)/",
    "conf": r"(wire|conf)/|[a-z]+/settings\.hpp$",
    "diagnose": r"(?!server/|bench/|tests/)",
    "sim": r"(?!server/|bench/|tests/|diagnose/)",
    "server": r"(?!bench/|tests/)",
    "bench": r"(?!tests/)",
    "tests": r"",
}

# header -> the files that may include it, both as regular expressions. Tests may include any.
THIRD_PARTY = {
    r"ldns/": r"wire/presentation|sim/|diagnose/",
    r"openssl/": r"dnssec/(signature|digest)|upstream/tls_stream",
    r"toml\+\+/": r"conf/loader",
    r"uv\.h$": r"server/uv_",
    r"(spdlog|CLI|nlohmann)/|httplib\.h$": r"server/",
    r"catch2/": r"tests/",
    r"benchmark/": r"bench/",
    r"fmt/": r"",
    # The operating system: sockets, processes, files. arpa/inet.h only turns addresses into text and back.
    r"(sys|net|netinet|netpacket|linux)/|(unistd|fcntl|poll|sched|signal|pwd|grp|resolv|netdb|ifaddrs)\.h$": r"server/|bench/",
    r"(arpa/inet|pthread|endian)\.h$": r"",
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def third_party_finding(header, includer):
    is_standard = re.fullmatch(r"[a-z_0-9]+", header)
    if is_standard or includer.startswith("tests/"):
        return None
    for pattern, allowed in THIRD_PARTY.items():
        if re.match(pattern, header):
            return None if re.match(allowed, includer) else f"<{header}> may not be included here"
    return f"<{header}> is in no row of THIRD_PARTY"


def finding_for(form, header, includer, root):
    if form == "<":
        return third_party_finding(header, includer)
    folder = includer.split("/")[0]
    if folder == "tests" and ((root / includer).parent / header).is_file():
        return None
    if "/" not in header or header.startswith("."):
        return f'"{header}" does not start at the root of the repository'
    if not re.match(BELOW[folder], header):
        return f'{folder}/ may not include "{header}"'
    return None


def check(root):
    findings = []
    for path in cpp_files(root, (*CODE_FOLDERS, "tests")):
        text = path.read_text()
        includer = str(path.relative_to(root))
        for match in INCLUDE.finditer(text):
            if finding := finding_for(match[1], match[2], includer, root):
                findings.append(at(root, path, text.count("\n", 0, match.start(2)) + 1, finding))
    return findings


EXAMPLES = [
    Example("wire/name.cpp", '#include "wire/name.hpp"\n#include <string>\n#include <fmt/format.h>\n'),
    Example("wire/name.cpp", '\n#include "cache/answer_cache.hpp"\n', 'name.cpp:2: wire/ may not include "cache/'),
    Example("cache/answer_cache.hpp", '#include "policy/rewriter.hpp"\n', "cache/ may not include"),
    Example("conf/settings.hpp", '#include "cache/settings.hpp"\n'),
    Example("conf/settings.hpp", '#include "cache/answer_cache.hpp"\n', "conf/ may not include"),
    Example("sim/world.cpp", '#include "server/log.hpp"\n', "sim/ may not include"),
    Example("tests/unit/server/log_test.cpp", '#include "server/log.hpp"\n#include <catch2/catch.hpp>\n'),
    Example("server/log.cpp", '#include "tests/support/zones.hpp"\n', "server/ may not include"),
    Example("server/log.cpp", '#include "log.hpp"\n', "does not start at the root"),
    Example("server/loop.cpp", "#include <uv.h>\n", "<uv.h> may not be included here"),
    Example("server/uv_loop.cpp", "#include <uv.h>\n"),
    Example("wire/presentation.cpp", "#include <ldns/ldns.h>\n"),
    Example("wire/message.cpp", "#  include <ldns/ldns.h>\n", "may not be included here"),
    Example("upstream/resolver.cpp", "#include <sys/socket.h>\n", "may not be included here"),
    Example("server/log.cpp", "#include <boost/any.hpp>\n", "is in no row"),
]

if __name__ == "__main__":
    run(check, EXAMPLES)
