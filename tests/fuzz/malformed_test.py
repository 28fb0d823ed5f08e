"""Over 200,000 damaged packets at a running server: queries, streams, and replies of a hostile upstream.

Then it still answers, has opened nothing that it did not close, and has grown by less than 5 %.

SHIRUBE_FUZZ_SEED repeats a run; SHIRUBE_FUZZ_PACKETS makes it longer.
"""

import os
import pathlib
import random
import socket
import time

from hostile_upstream import HostileUpstream
from mutation import Mutator
from support import case, servers
from support.dns_client import ask, framed, query, rcode, records
from support.shirube import config, serve
from support.waiting import until

SEED = int(os.environ.get("SHIRUBE_FUZZ_SEED", "20250712"))
PACKETS = int(os.environ.get("SHIRUBE_FUZZ_PACKETS", "200000"))
STREAMS = PACKETS // 50
HOSTILE_LOOKUPS = PACKETS // 20
WARM_UP_ROUNDS = 4  # fill the caches, and with what is evicted again the allocator's free lists
BATCH = 64  # packets between two probes: fewer than a receive buffer holds, so none is lost unseen
GROWTH_LIMIT = 1.05
PROBE_ID = 0xBEEF
SANITIZED = os.environ.get("SHIRUBE_SANITIZED") == "1"  # such a build keeps freed memory on purpose

# Small, so that it is full after the warm-up and growth of anything else shows.
CACHE = '[cache]\nsize = "4MiB"\n'


def templates():
    """Good queries of every shape that a client sends."""
    names = (
        "small.example",
        "signed.example",
        "www.small.example",
        "absent.dual.example",
        "over4096.texts.example",
    )
    kinds = ("A", "MX", "ANY", "TXT", "AAAA", "HTTPS", "TYPE65280")
    wires = []
    for name in names:
        for kind in kinds:
            wires.append(query(name, kind).to_wire())
            wires.append(query(name, kind, edns=1232).to_wire())
            wires.append(query(name, kind, edns=4096, dnssec=True).to_wire())
    wires.append(query("id.server", "TXT", rdclass="CH").to_wire())
    wires.append(query("small.example", "AXFR").to_wire())
    wires.append(query("1.0.0.127.in-addr.arpa", "PTR", edns=512).to_wire())
    return wires


def datagrams_dropped():
    """What the kernel dropped on port 53 because nobody read it in time."""
    total = 0
    for table in ("udp", "udp6"):
        for line in pathlib.Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[1].endswith(":0035"):
                total += int(fields[-1])
    return total


class Malformed(case.TestCase):
    def setUp(self):
        self.random = random.Random(SEED)
        self.mutator = Mutator(self.random)
        self.templates = templates()
        self.started(servers.nsd())
        self.hostile = self.started(HostileUpstream(random.Random(SEED + 1), "127.0.0.5"))
        forwards = [("hostile.example", [self.hostile.endpoint])]
        self.server = self.started(serve(config(forwards=forwards, extra=CACHE)))
        self.hostile_names = iter(range(1 << 30))

    def test_survives(self):
        self.note(f"seed {SEED}")
        for _ in range(WARM_UP_ROUNDS):
            self.attack()
        self.settle()
        memory, files = self.server.resident_bytes(), self.server.open_files()
        damaged_before = self.hostile.damaged_sent
        self.attack()
        self.settle()
        until(
            lambda: self.server.open_files() <= files,
            lambda: f"{self.server.open_files()} files, before {files}",
        )
        grown = self.server.resident_bytes() / memory
        self.note(
            f"{PACKETS} damaged queries, {STREAMS} damaged streams, "
            f"{self.hostile.damaged_sent - damaged_before} damaged replies"
        )
        self.note(f"resident {memory >> 10} KiB before, {grown:.3f} times that after; {files} open files")
        self.assertEqual(datagrams_dropped(), 0, "every packet was read")
        if SANITIZED:
            self.note("memory is not judged: this build keeps freed memory on purpose")
        else:
            self.assertLess(grown, GROWTH_LIMIT)
        self.assertEqual(self.server.stop(), 0, "a sanitized build says by its exit code what leaked")

    def attack(self):
        started = time.monotonic()
        self.send_datagrams(PACKETS)
        self.send_streams(STREAMS)
        self.ask_hostile(HOSTILE_LOOKUPS)
        self.note(f"attacked for {time.monotonic() - started:.1f} s")

    def settle(self):
        """All that can be asked is answered as ever."""
        for transport in ("udp", "tcp"):
            self.assertEqual(records(ask("small.example", transport=transport), "A"), ["192.0.2.30"])
            self.assertEqual(
                len(records(ask("many-mx.example", "MX", transport=transport, edns=4096), "MX")), 24
            )
            self.assertEqual(rcode(ask("absent.small.example", transport=transport)), "NXDOMAIN")
        self.assertTrue(self.server.running())

    def send_datagrams(self, count):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
            link.connect(("127.0.0.1", 53))
            link.settimeout(10.0)
            for start in range(0, count, BATCH):
                batch = [self.damaged_query() for _ in range(min(BATCH, count - start))]
                for packet in batch:
                    link.send(packet)
                self.probe(link, batch)

    def damaged_query(self):
        return self.mutator.damaged(self.random.choice(self.templates))

    def probe(self, link, batch):
        """A good query behind the damaged ones: its answer says that all of them were read."""
        link.send(query("small.example", id=PROBE_ID).to_wire())
        try:
            while link.recv(65535)[:2] != PROBE_ID.to_bytes(2, "big"):
                pass
        except (TimeoutError, ConnectionError):
            packets = "\n".join(packet.hex() for packet in batch)
            self.fail(f"no answer after these packets (running: {self.server.running()}):\n{packets}")

    def send_streams(self, count):
        for number in range(count):
            data = b"".join(self.damaged_frame() for _ in range(self.random.randint(1, 4)))
            with socket.create_connection(("127.0.0.1", 53), timeout=10.0) as stream:
                try:
                    stream.sendall(data)
                    if number % 2:
                        stream.shutdown(socket.SHUT_WR)
                        stream.recv(65535)
                except OSError:
                    pass  # closed on us: its right

    def damaged_frame(self):
        """A damaged message, a wrong length, or both."""
        frame = framed(
            self.damaged_query() if self.random.random() < 0.7 else self.random.choice(self.templates)
        )
        if self.random.random() < 0.4:
            return self.random.choice((0, 1, 11, 13, 512, 65535)).to_bytes(2, "big") + frame[2:]
        return frame

    def ask_hostile(self, count):
        """Lookups whose replies come damaged; each client gets its answer all the same."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
            link.connect(("127.0.0.1", 53))
            link.settimeout(10.0)
            for start in range(0, count, BATCH):
                self.ask_hostile_batch(link, min(BATCH, count - start))

    def ask_hostile_batch(self, link, count):
        waiting = set()
        for identity in range(count):
            name = f"n{next(self.hostile_names)}.hostile.example"
            link.send(
                query(name, self.random.choice(("A", "MX", "TXT", "HTTPS")), edns=1232, id=identity).to_wire()
            )
            waiting.add(identity)
        while waiting:
            waiting.discard(int.from_bytes(link.recv(65535)[:2], "big"))


if __name__ == "__main__":
    case.main()
