"""DNS over TCP as RFC 7766 has it, and as clients really use it."""

import socket
import struct

import dns.message

from support import case, servers
from support.dns_client import PATIENCE, ask, framed, query, receive_frame, records
from support.scripted_upstream import ScriptedUpstream, reply_to
from support.shirube import config, serve
from support.waiting import until

SLOW_SECONDS = 0.3
CONNECTIONS = 1_000
KNOWN_NAMES = 200  # more than a server will let wait on one stream
IDLE_LIMIT = 60.0  # seconds; more than that would let idle clients hold every stream


def connect(address="127.0.0.1"):
    stream = socket.create_connection((address, 53))
    stream.settimeout(PATIENCE)
    return stream


def next_reply(stream):
    wire = receive_frame(stream)
    return dns.message.from_wire(wire) if wire else None


class Tcp(case.TestCase):
    def setUp(self):
        def slow_if_named_so(query_message, _):
            slow = query_message.question[0].name.to_text().lower().startswith("slow")
            return (SLOW_SECONDS if slow else 0), reply_to(query_message, ("A", "192.0.2.1"))

        self.started(ScriptedUpstream(slow_if_named_so))
        self.server = self.started(serve(config(servers=["127.0.0.5"])))

    def test_pipelined_queries_are_all_answered(self):
        queries = {q.id: q for q in (query(f"host-{n}.example", id=n + 1) for n in range(100))}
        with connect() as stream:
            stream.sendall(b"".join(framed(q.to_wire()) for q in queries.values()))
            for _ in range(len(queries)):
                reply = next_reply(stream)
                self.assertTrue(queries.pop(reply.id).is_response(reply))
                self.assertEqual(records(reply, "A"), ["192.0.2.1"])
        self.assertEqual(queries, {})

    def test_pipelined_queries_for_what_is_known_already(self):
        for number in range(KNOWN_NAMES):
            self.assertEqual(records(ask(f"known-{number}.example"), "A"), ["192.0.2.1"])
        before = self.server.open_files()
        with connect() as stream:
            for number in range(KNOWN_NAMES):
                stream.sendall(framed(query(f"known-{number}.example", id=number).to_wire()))
            got = {next_reply(stream).id for _ in range(KNOWN_NAMES)}
            self.assertEqual(got, set(range(KNOWN_NAMES)))
            stream.shutdown(socket.SHUT_WR)
            self.assertEqual(stream.recv(1), b"", "the server closes when the client has")
        until(lambda: self.server.open_files() <= before, "the stream's descriptor is closed")

    def test_a_slow_name_does_not_hold_up_the_others(self):
        with connect() as stream:
            stream.sendall(
                framed(query("slow.example", id=1).to_wire()) + framed(query("quick.example", id=2).to_wire())
            )
            self.assertEqual([next_reply(stream).id, next_reply(stream).id], [2, 1])

    def test_query_in_single_bytes(self):
        with connect() as stream:
            stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for byte in framed(query("bytewise.example").to_wire()):
                stream.sendall(bytes([byte]))
            self.assertEqual(records(next_reply(stream), "A"), ["192.0.2.1"])

    def test_bytes_behind_the_query_in_its_frame_are_tolerated(self):
        with connect() as stream:
            stream.sendall(framed(query("trailing.example", id=1).to_wire() + b"\0\0junk"))
            stream.sendall(framed(query("next.example", id=2).to_wire()))
            replies = sorted([next_reply(stream), next_reply(stream)], key=lambda reply: reply.id)
            self.assertEqual([records(reply, "A") for reply in replies], [["192.0.2.1"]] * 2)

    def test_client_that_closes_its_half_still_gets_its_answer(self):
        with connect() as stream:
            stream.sendall(framed(query("slow.half-closed.example").to_wire()))
            stream.shutdown(socket.SHUT_WR)
            self.assertEqual(records(next_reply(stream), "A"), ["192.0.2.1"])

    def test_frames_that_hold_no_query(self):
        for frame in (b"\0\0", framed(b"\1"), framed(b"\0" * 12), struct.pack("!H", 65535) + b"\xff" * 65535):
            with connect() as stream:
                try:
                    stream.sendall(frame)
                    receive_frame(stream)  # FORMERR, silence with a close, or a close: all fair
                except OSError:
                    pass
        self.assertEqual(records(ask("after.example", transport="tcp"), "A"), ["192.0.2.1"])

    def test_client_that_hangs_up_in_the_middle(self):
        for _ in range(200):
            with connect() as stream:
                stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                stream.sendall(framed(query("slow.gone.example").to_wire())[:-3])
        with connect() as stream:
            stream.sendall(framed(query("slow.gone-later.example").to_wire()))
        self.assertEqual(records(ask("after.example", transport="tcp"), "A"), ["192.0.2.1"])

    def test_idle_stream_is_closed(self):
        with connect() as stream:
            stream.settimeout(IDLE_LIMIT)
            stream.sendall(framed(query("one.example").to_wire()))
            self.assertIsNotNone(next_reply(stream))
            self.assertEqual(stream.recv(1), b"", "the server closes first")

    def test_a_thousand_connections(self):
        streams = []
        for _ in range(CONNECTIONS):
            try:
                streams.append(connect())
            except OSError as refused:
                self.note(f"connection {len(streams) + 1}: {refused}")
                break
        self.addCleanup(lambda: [stream.close() for stream in streams])
        served = sum(self.still_serves(stream, number) for number, stream in enumerate(streams))
        self.note(f"{len(streams)} connections open at once, {served} of them served")
        self.assertGreaterEqual(served, 100)
        self.assertEqual(records(ask("datagram.example"), "A"), ["192.0.2.1"])
        for stream in streams:
            stream.close()
        self.assertEqual(records(ask("new-stream.example", transport="tcp"), "A"), ["192.0.2.1"])

    def still_serves(self, stream, number):
        try:
            stream.sendall(framed(query("shared.example", id=number + 1).to_wire()))
            reply = next_reply(stream)
            return reply is not None and reply.id == number + 1
        except OSError:
            return False


class TcpBehindAnAuthority(case.TestCase):
    def test_big_answers_pipelined(self):
        self.started(servers.nsd())
        self.started(serve(config()))
        with connect() as stream:
            for number in range(50):
                stream.sendall(framed(query("over4096.texts.example", "TXT", id=number + 1).to_wire()))
            ids = set()
            for _ in range(50):
                reply = next_reply(stream)
                self.assertEqual(len(records(reply, "TXT")[0].split('" "')), 60)
                ids.add(reply.id)
            self.assertEqual(ids, set(range(1, 51)))


if __name__ == "__main__":
    case.main()
