#!/usr/bin/python3
"""Time, network and chance are handed in: below server/ nobody reads a clock, opens a socket, sleeps or rolls dice."""

import re

from checking import CODE_FOLDERS, Example, at, code_of, cpp_files, run

MAY = {"server", "bench"}

# A function of the C library, called by its bare or global name; members of the same name are something else.
CALL = r"(?<![\w.>:])(?:::)?(?:{})\s*\("
FORBIDDEN = {
    "reads a clock": r"::now\s*\(|" + CALL.format("gettimeofday|clock_gettime|time|uv_now|uv_hrtime|std::time"),
    "opens or uses a socket": CALL.format("socket|socketpair|getaddrinfo|sendto|recvfrom|sendmmsg|recvmmsg|res_query"),
    "sleeps": r"\bsleep_(for|until)\s*\(|" + CALL.format("sleep|usleep|nanosleep"),
    "rolls dice": r"\brandom_device\b|" + CALL.format("rand|srand|getrandom|getentropy|arc4random|std::rand"),
}


def check(root):
    findings = []
    for path in cpp_files(root, set(CODE_FOLDERS) - MAY):
        code = code_of(path.read_text())
        for what, pattern in FORBIDDEN.items():
            for match in re.finditer(pattern, code):
                if not is_declaration(code, match):
                    line = code.count("\n", 0, match.start()) + 1
                    findings.append(at(root, path, line, f"{what}: {match[0].strip()}...)"))
    return findings


def is_declaration(code, match):
    """`virtual std::uint64_t random() = 0` and `Instant Network::now() {` name a function of ours; nothing is called."""
    before = code[: match.start()].rsplit("\n", 1)[-1]
    if match[0].startswith("::"):
        before = re.sub(r"\w+$", "", before)
    before = before.rstrip()
    return bool(re.search(r"[\w>&*]$", before)) and not re.search(r"\b(return|co_return|co_await|case)$", before)


EXAMPLES = [
    Example("cache/a.cpp", "auto t = std::chrono::steady_clock::now();\n", "a.cpp:1: reads a clock"),
    Example("cache/a.cpp", "\nauto t = ::time(nullptr);\n", "a.cpp:2: reads a clock"),
    Example("upstream/a.cpp", "int f() { return clock_gettime(0, &t); }\n", "reads a clock"),
    Example("upstream/a.cpp", "const int fd = socket(AF_INET, SOCK_DGRAM, 0);\n", "opens or uses a socket"),
    Example("sim/a.cpp", "std::random_device seed;\n", "rolls dice"),
    Example("sim/a.cpp", "int x = rand() % 6;\n", "rolls dice"),
    Example("policy/a.cpp", "std::this_thread::sleep_for(1s);\n", "sleeps"),
    Example("upstream/a.cpp", "// never ::now(); 'rand()' is in a comment\nauto s = \"socket(\";\nauto n = 1'000;\n"),
    Example("upstream/a.hpp", "virtual std::uint64_t random() = 0;\nauto t = network.time(); now(x);\n"),
    Example("sim/a.cpp", "wire::Instant Network::now() const { return now_; }\n"),
    Example("sim/a.cpp", "return Clock::now();\n", "reads a clock"),
    Example("server/uv_clock.cpp", "auto t = std::chrono::steady_clock::now();\n"),
]

if __name__ == "__main__":
    run(check, EXAMPLES)
