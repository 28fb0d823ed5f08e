"""Asking: `ask` builds a query, `exchange` moves raw bytes, `dig` and `qmail_lookup` run programs."""

import os
import re
import socket
import struct
import subprocess
import sys
import time

import dns.exception
import dns.flags
import dns.message
import dns.opcode
import dns.rcode
import dns.rdatatype

from support import sandbox

PATIENCE = 8.0  # beyond every deadline of the server, so that a late answer is seen and not taken for none


def query(name, kind="A", edns=None, dnssec=False, **options):
    """A query message. edns: None for none, else the UDP size."""
    if edns is not None:
        options |= {"use_edns": 0, "payload": edns, "want_dnssec": dnssec}
    return dns.message.make_query(name, kind, **options)


def _socket(address, port, transport, source=None):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    link = socket.socket(family, socket.SOCK_DGRAM if transport == "udp" else socket.SOCK_STREAM)
    link.settimeout(PATIENCE)
    if source:
        link.bind((source, 0))
    link.connect((address, port))
    return link


def framed(wire):
    """A message as it goes over TCP."""
    return struct.pack("!H", len(wire)) + wire


def receive_exactly(link, count):
    """`count` bytes of a stream; fewer when the peer closes it."""
    data = b""
    while len(data) < count:
        piece = link.recv(count - len(data))
        if not piece:
            break
        data += piece
    return data


def receive_frame(link):
    """The next message of a stream, or None at its end."""
    head = receive_exactly(link, 2)
    return receive_exactly(link, struct.unpack("!H", head)[0]) if len(head) == 2 else None


def exchange(wire, address="127.0.0.1", port=53, transport="udp", source=None, patience=PATIENCE):
    """Sends these bytes and gives back the bytes of the reply, or None when there is none in time."""
    with _socket(address, port, transport, source) as link:
        link.settimeout(patience)
        try:
            if transport == "tcp":
                link.sendall(framed(wire))
                return receive_frame(link)
            link.send(wire)
            return link.recv(65535)
        except (TimeoutError, ConnectionError):
            return None


def ask(
    name, kind="A", address="127.0.0.1", port=53, transport="udp", source=None, patience=PATIENCE, **options
):
    """The reply as a dns.message.Message; `.wire_size` and `.seconds` tell its size and how long it took."""
    question = options.pop("message", None) or query(name, kind, **options)
    started = time.monotonic()
    wire = exchange(question.to_wire(), address, port, transport, source, patience)
    if wire is None:
        raise AssertionError(
            f"no answer from {address}:{port} ({transport}) to {name} {kind} within {patience} s"
        )
    reply = dns.message.from_wire(wire, one_rr_per_rrset=False)
    reply.seconds = time.monotonic() - started
    reply.wire_size = len(wire)
    if not question.is_response(reply):
        raise AssertionError(f"not an answer to this question: {reply}")
    return reply


def answers(name, kind="A", **options):
    """Is there an answer that holds at least one record? For waiting."""
    try:
        return bool(ask(name, kind, patience=1.0, **options).answer)
    except (AssertionError, OSError, dns.exception.DNSException):
        return False


def records(message, kind, section="answer"):
    """The data of all records of this type in a section, as sorted texts."""
    wanted = dns.rdatatype.from_text(kind)
    return sorted(
        rdata.to_text() for rrset in getattr(message, section) if rrset.rdtype == wanted for rdata in rrset
    )


def rcode(message):
    return dns.rcode.to_text(message.rcode())


def flag(message, name):
    return bool(message.flags & dns.flags.from_text(name))


def extended_errors(message):
    """The codes of all Extended DNS Error options (RFC 8914)."""
    return [int(option.code) for option in message.options if int(option.otype) == 15]


class Dig:
    """What dig printed, read by the words that it always prints."""

    def __init__(self, text):
        self.text = text
        status = re.search(r"status: (\w+)", text)
        self.status = status.group(1) if status else None
        flags = re.search(r";; flags: ([a-z ]*);", text)
        self.flags = flags.group(1).split() if flags else []
        size = re.search(r"MSG SIZE\s+rcvd: (\d+)", text)
        self.size = int(size.group(1)) if size else None
        self.over_tcp = "(TCP)" in text
        self.retried_over_tcp = "retrying in TCP mode" in text
        self.question = self._section("QUESTION")
        self.answer = self._section("ANSWER")
        self.authority = self._section("AUTHORITY")

    def _section(self, name):
        found = re.search(rf";; {name} SECTION:\n(.*?)\n\n", self.text, re.DOTALL)
        return found.group(1).splitlines() if found else []

    def of_type(self, kind):
        return [line for line in self.answer if line.split()[3] == kind]


def dig(*words):
    """Runs dig with these words, e.g. dig("@127.0.0.1", "small.example", "MX", "+noedns")."""
    command = ["dig", "+time=8", "+tries=1", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    sys.stdout.write(f"$ {' '.join(command)}\n")
    return Dig(done.stdout)


class QmailOutcome:
    def __init__(self, code, text):
        self.delivers = code == 0
        self.deferred = code == 111
        self.text = text


def qmail_lookup(step, name):
    """Asks the name server of resolv.conf the way unpatched qmail does."""
    program = os.environ["SHIRUBE_QMAIL_LOOKUP"]
    done = subprocess.run([program, step, name], capture_output=True, text=True, timeout=120, check=False)
    if done.returncode not in (0, 100, 111):
        raise AssertionError(f"qmail_lookup broke: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return QmailOutcome(done.returncode, done.stdout)


def use_name_server(address):
    """resolv.conf with one try a question, so that a failure shows at once."""
    sandbox.resolv_conf(f"nameserver {address}\noptions attempts:1 timeout:8\n")
