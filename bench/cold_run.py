"""What cold and random_names share: servers that start with nothing, in turn, and questions for them.

A round starts each server afresh, on one thread and pinned to the first core, and asks it every question of
each load once; the load and the authorities have the second core.
"""

import contextlib
import datetime
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
from argparse import ArgumentTypeError

import cold_resolvers
import peers
import tables
from packet_counter import PacketCounter
from support import sandbox
from support.dns_client import ask, flag
from support.three_levels import authorities, world

ROOT = pathlib.Path(__file__).resolve().parent.parent
SERVER_CORE, LOAD_CORE = 0, 1
WINDOW = 128
CPU, PACKETS = "cpu_us", "packets"


@contextlib.contextmanager
def pinned(core):
    """What is started meanwhile stays on this core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def note(text):
    print(text, file=sys.stderr, flush=True)


class Load:
    """Every question once, and what it cost. `found`: how many of them have an answer."""

    def __init__(self, program, questions, found):
        self._program = program
        self._file = sandbox.fresh_path("questions")
        self._file.write_text("".join(f"{name} {kind}\n" for name, kind in questions))
        self._count = len(questions)
        self._found = found
        self._packets = PacketCounter(world.NETWORK)

    def measure(self, server, address):
        words = ["--json", "--once", "--window", str(WINDOW), "--pid", str(server.pid)]
        self._packets.take()
        with pinned(LOAD_CORE):
            done = subprocess.run(
                [self._program, *words, f"{address}:53", self._file],
                capture_output=True,
                text=True,
                check=False,
            )
        packets = self._packets.take()
        if not done.stdout:
            raise peers.Failed(f"load on {server.name}: {done.stderr.strip()}")
        result = json.loads(done.stdout)
        if (result["replies"], result["noerror"]) != (self._count, self._found):
            raise peers.Failed(f"{server.name} does not find all of {self._found} answers: {result}")
        return result | {CPU: result["cpu_us_per_reply"], PACKETS: packets / self._count}


def run(made, options, loads):
    """`loads`: {label: Load}. Gives back {(label, server name): {metric: median}}."""
    with pinned(LOAD_CORE):
        running = authorities.served(made)
    results = {(label, name): [] for label in loads for name in options.servers}
    try:
        for number in range(options.rounds):
            for name in options.servers:
                start, address = cold_resolvers.ALL[name]
                with pinned(SERVER_CORE):
                    server = start(made, address)
                running.append(server)
                for label, load in loads.items():
                    result = load.measure(server, address)
                    results[label, name].append(result)
                    note(_line(f"round {number + 1} {name} {label}", result))
                if made.trust_anchors and not _validates(address):
                    raise peers.Failed(f"{name} does not validate")
                running.pop().stop()
    finally:
        for server in reversed(running):
            server.stop()
    return {key: _medians(rounds) for key, rounds in results.items()}


def _validates(address):
    reply = ask(".", "SOA", address, edns=1232, dnssec=True)
    return flag(reply, "AD")


def _line(what, result):
    cost = f"{result[CPU]:.1f} us CPU and {result[PACKETS]:.3f} packets a question"
    return f"{what.strip()}: {cost}, {result['lost']} lost"


def _medians(rounds):
    """Of each metric that is a number."""
    metrics = [metric for metric, value in rounds[0].items() if isinstance(value, (int, float))]
    return {metric: statistics.median(result[metric] for result in rounds) for metric in metrics}


def _server_names(text):
    chosen = text.split(",")
    if unknown := set(chosen) - set(cold_resolvers.ALL):
        raise ArgumentTypeError(f"no such server: {', '.join(sorted(unknown))}")
    return chosen


def add_options(parser):
    """Those of every program that runs servers cold."""
    release = ROOT / "build" / "release"
    option = parser.add_argument
    option("--rounds", type=int, default=3, help="rounds for each server (%(default)s)")
    option(
        "--servers",
        type=_server_names,
        default=list(cold_resolvers.ALL),
        help="of: " + ",".join(cold_resolvers.ALL),
    )
    option("--markdown", action="store_true", help="print the table as bench/README.md has it")
    option("--json", action="store_true", help="print one JSON object")
    option("--shirube", default=release / "server" / "shirube", metavar="FILE", help="binary under test")
    option("--load-generator", default=release / "bench" / "load_generator", metavar="FILE", help="its load")


def enter(program, options):
    """Goes into the sandbox. Gives back the load average before."""
    if os.cpu_count() < 2:
        sys.exit(f"{program}: needs two cores, one for the server and one for the load")
    sandbox.enter()
    os.environ["SHIRUBE_BINARY"] = str(options.shirube)
    return os.getloadavg()[0]


def caption(options, load_before, what):
    named = ", ".join(f"{name} {version}" for name, version in cold_resolvers.versions(options).items())
    kernel = ".".join(platform.release().split(".")[:2])
    return (
        f"{datetime.date.today()}; {named}; Linux {kernel}, {os.cpu_count()} cores; "
        f"median of {options.rounds} rounds; {what}, "
        f"{WINDOW} under way; load average before the run {load_before:.1f}."
    )


def print_table(table, labels, caption_text, options):
    form = tables.markdown if options.markdown else tables.plain
    print(form(table, labels=labels), caption_text, sep="\n\n")
