"""Many questions at once to one server, and their answers in a form that can be compared.

Compared are the response code and the RRsets of the answer section: owner, type and the set of data, whatever
their order, TTL and case; and whether the answer is said to be authentic, where signatures are asked for. What
comes with SERVFAIL is not an answer.
"""

import concurrent.futures
import select
import socket
import time
from dataclasses import dataclass, field, replace

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype

from support.dns_client import exchange, query

WINDOW = 40  # under way at once: more would only lengthen the server's queue
PATIENCE = 20.0  # beyond the 12 s after which named gives up zones that need each other


@dataclass(frozen=True)
class Answer:
    rcode: str
    rrsets: frozenset  # of (owner, type, frozenset of data)
    authentic: bool = False  # AD
    seconds: float = field(default=0.0, compare=False)

    def __str__(self):
        sets = sorted(f"{owner} {kind} ({len(data)})" for owner, kind, data in self.rrsets)
        return " ".join([self.rcode, *(["authentic"] if self.authentic else []), ", ".join(sets)])


def rrset(owner, kind, rdatas):
    """What is compared of an RRset: in canonical form, where case does not count (RFC 4034 section 6.2)."""
    return owner.canonicalize().to_text(), kind, frozenset(rdata.to_digestable() for rdata in rdatas)


def read(wire):
    message = dns.message.from_wire(wire, one_rr_per_rrset=False)
    code = dns.rcode.to_text(message.rcode())
    if code == "SERVFAIL":
        return Answer(code, frozenset())
    sets = (rrset(found.name, dns.rdatatype.to_text(found.rdtype), found) for found in message.answer)
    return Answer(code, frozenset(sets), bool(message.flags & dns.flags.AD))


NO_ANSWER = Answer("no answer", frozenset())


class _Session:
    """One server, one socket: the message ID is the number of the question."""

    def __init__(self, address, questions, options):
        self._address = address
        self._options = options
        self._questions = questions
        self._asked = {}  # number: when, of what is under way
        self._next = 0
        self._answers = [NO_ANSWER] * len(questions)
        self._link = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self._link.connect((address, 53))

    def run(self):
        with self._link:
            while self._fill() or self._asked:
                if select.select([self._link], [], [], 0.2)[0]:
                    self._take(self._link.recv(65535))
                self._give_up()
        return self._answers

    def _fill(self):
        while len(self._asked) < WINDOW and self._next < len(self._questions):
            name, kind = self._questions[self._next]
            self._link.send(query(name, kind, id=self._next, **self._options).to_wire())
            self._asked[self._next] = time.monotonic()
            self._next += 1
        return self._next < len(self._questions)

    def _take(self, wire):
        number = int.from_bytes(wire[:2], "big")
        asked = self._asked.pop(number, None)
        if asked is None:
            return
        if int.from_bytes(wire[2:4], "big") & dns.flags.TC:
            name, kind = self._questions[number]
            wire = exchange(query(name, kind, **self._options).to_wire(), self._address, transport="tcp")
        if wire:
            self._answers[number] = replace(read(wire), seconds=time.monotonic() - asked)

    def _give_up(self):
        latest = time.monotonic() - PATIENCE
        for number in [number for number, asked in self._asked.items() if asked < latest]:
            del self._asked[number]


def answers(address, questions, **options):
    """The answer of the server at `address` to each question, in their order. At most 65,536 questions.

    `options` as dns_client.query() takes them.
    """
    return _Session(address, questions, {"edns": 1232} | options).run()


def all_answers(addresses, questions, **options):
    """The answers of each address, asked all at the same time."""
    with concurrent.futures.ThreadPoolExecutor() as threads:
        return list(threads.map(lambda address: answers(address, questions, **options), addresses))
