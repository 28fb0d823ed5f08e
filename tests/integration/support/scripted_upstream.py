"""A name server that is late, silent, lying or broken as the test says; good programs refuse to be."""

import select
import socket
import threading

import dns.message
import dns.rdatatype
import dns.rrset

from support.dns_client import framed, receive_frame

TTL = 300


def reply_to(query, *records, rcode=0, ttl=TTL):
    """A good answer to `query` that holds `records`, given as (type, data) for the name asked."""
    reply = dns.message.make_response(query, recursion_available=True)
    reply.set_rcode(rcode)
    name = query.question[0].name
    for kind, data in records:
        reply.answer.append(dns.rrset.from_text(name, ttl, "IN", kind, data))
    return reply


class ScriptedUpstream:
    """Listens on UDP and TCP. `script(query, transport)` says what happens: None for silence, or one or
    several of (seconds to wait, reply as a message or as bytes)."""

    name = "scripted upstream"

    def __init__(self, script, address="127.0.0.5", port=53):
        self.endpoint = f"{address}:{port}"
        self._script = script
        self._lock = threading.Lock()
        self._asked = []
        self._stopping = threading.Event()
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self._udp.bind((address, port))
        self._tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._tcp.bind((address, port))
        self._tcp.listen(64)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def asked(self, name=None):
        """The questions that arrived, as "name type transport", in order; only those for `name` if given."""
        with self._lock:
            return [line for line in self._asked if name is None or line.split()[0].lower() == name.lower()]

    def output(self):
        return "\n".join(self.asked()[-50:])

    def stop(self):
        if self._stopping.is_set():
            return
        self._stopping.set()
        self._thread.join()
        self._udp.close()
        self._tcp.close()

    def _run(self):
        while not self._stopping.is_set():
            ready, _, _ = select.select([self._udp, self._tcp], [], [], 0.05)
            if self._udp in ready:
                self._read_datagram()
            if self._tcp in ready:
                stream, _ = self._tcp.accept()
                threading.Thread(target=self._read_stream, args=(stream,), daemon=True).start()

    def _read_datagram(self):
        wire, peer = self._udp.recvfrom(65535)
        self._answer(wire, "udp", lambda reply: self._udp.sendto(reply, peer))

    def _read_stream(self, stream):
        with stream:
            stream.settimeout(30.0)
            try:
                while (wire := receive_frame(stream)) is not None:
                    self._answer(wire, "tcp", lambda reply: stream.sendall(framed(reply)))
            except OSError:
                pass  # the server under test closes streams as it likes

    def _answer(self, wire, transport, send):
        query = dns.message.from_wire(wire)
        question = query.question[0]
        with self._lock:
            self._asked.append(f"{question.name} {dns.rdatatype.to_text(question.rdtype)} {transport}")
        actions = self._script(query, transport) or []
        for delay, reply in [actions] if isinstance(actions, tuple) else actions:
            self._reply(delay, reply if isinstance(reply, bytes) else reply.to_wire(), send)

    def _reply(self, delay, data, send):
        if delay:
            timer = threading.Timer(delay, self._send_late, (send, data))
            timer.daemon = True
            timer.start()
        else:
            send(data)

    def _send_late(self, send, data):
        try:
            if not self._stopping.is_set():
                send(data)
        except OSError:
            pass  # the stream is gone by now
