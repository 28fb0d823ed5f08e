"""An upstream that sends damaged replies before each good one. Works on bytes: it has to be quick."""

import select
import socket
import threading

from mutation import Mutator

QR_RD_RA = b"\x81\x80"
# Records that a parser can get wrong, each owned by the name asked: A, CNAME and A, MX, SOA, TXT, HTTPS.
ANSWERS = (
    b"\xc0\x0c\0\1\0\1\0\0\1\x2c\0\4\xc0\0\2\1",
    b"\xc0\x0c\0\5\0\1\0\0\1\x2c\0\6\3www\xc0\x0c" + b"\xc0\x0c\0\1\0\1\0\0\1\x2c\0\4\xc0\0\2\1",
    b"\xc0\x0c\0\x0f\0\1\0\0\1\x2c\0\x09\0\x0a\4mail\xc0\x0c",
    b"\xc0\x0c\0\6\0\1\0\0\1\x2c\0\x18\xc0\x0c\xc0\x0c" + b"\0\0\0\1" * 5,
    b"\xc0\x0c\0\x10\0\1\0\0\1\x2c\0\x06\5hello",
    b"\xc0\x0c\0\x41\0\1\0\0\1\x2c\0\x0b\0\1\0\0\4\0\4\xc0\0\2\1",
)
DAMAGED_REPLIES = 3


def end_of_question(wire):
    """Where the question ends; Shirube's own queries are well-formed."""
    at = 12
    while wire[at]:
        at += 1 + wire[at]
    return at + 5


def good_reply(wire, answer, count):
    end = end_of_question(wire)
    counts = b"\0\1" + count.to_bytes(2, "big") + b"\0\0\0\0"
    return wire[:2] + QR_RD_RA + counts + wire[12:end] + answer


class HostileUpstream:
    name = "hostile upstream"

    def __init__(self, random, address, port=53):
        self.endpoint = f"{address}:{port}"
        self.damaged_sent = 0
        self._random = random
        self._mutator = Mutator(random)
        self._stopping = threading.Event()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self._socket.bind((address, port))
        self._tcp = socket.create_server((address, port))
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self):
        self._stopping.set()
        self._thread.join()
        self._socket.close()
        self._tcp.close()

    def _run(self):
        while not self._stopping.is_set():
            ready, _, _ = select.select([self._socket, self._tcp], [], [], 0.05)
            if self._socket in ready:
                self._answer(*self._socket.recvfrom(4096))
            if self._tcp in ready:
                self._answer_stream(self._tcp.accept()[0])

    def _answer(self, wire, peer):
        for _ in range(DAMAGED_REPLIES):
            self._socket.sendto(self._damaged_reply(wire), peer)
        self._socket.sendto(good_reply(wire, ANSWERS[0], 1), peer)

    def _damaged_reply(self, wire):
        """Damaged mostly behind the question, so that it is believed and the records are read."""
        self.damaged_sent += 1
        answer = self._random.choice(ANSWERS)
        reply = good_reply(wire, answer, 1 if answer is not ANSWERS[1] else 2)
        if self._random.random() < 0.2:
            return self._mutator.damaged(reply)
        return reply[: end_of_question(wire)] + self._mutator.damaged(reply[end_of_question(wire) :])

    def _answer_stream(self, stream):
        """A damaged TC bit leads here: one frame with a lie about its length, then the end."""
        with stream:
            stream.settimeout(1.0)
            try:
                wire = stream.recv(4096)[2:]
                reply = self._damaged_reply(wire)
                stream.sendall(self._random.randrange(65536).to_bytes(2, "big") + reply)
            except (OSError, IndexError):
                pass
