"""Ending: SIGTERM and SIGINT end it in order with exit code 0, idle or busy."""

import signal
import socket

from support import case, process
from support.dns_client import ask, framed, query
from support.scripted_upstream import ScriptedUpstream
from support.shirube import Shirube, config, serve
from support.waiting import until


class Signals(case.TestCase):
    def test_ends_idle(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            server = self.started(serve(config()))
            server.signal(number)
            self.assertEqual(server.wait(), 0, server.output())
            self.assertFalse(process.accepts_tcp("127.0.0.1", 53))

    def test_ends_with_open_streams_and_lookups_under_way(self):
        upstream = self.started(ScriptedUpstream(lambda *_: None))
        for number in (signal.SIGTERM, signal.SIGINT):
            server = self.started(serve(config(servers=[upstream.endpoint])))
            with socket.create_connection(("127.0.0.1", 53)) as stream, socket.socket(
                socket.AF_INET, socket.SOCK_DGRAM
            ) as datagrams:
                datagrams.connect(("127.0.0.1", 53))
                before = len(upstream.asked())
                stream.sendall(framed(query("stream.example").to_wire()))
                datagrams.send(query("datagram.example").to_wire())
                until(lambda: len(upstream.asked()) >= before + 2, "both lookups are under way")
                server.signal(number)
                self.assertEqual(server.wait(), 0, server.output())

    def test_starts_again_at_once_on_the_same_port(self):
        for _ in range(3):
            server = self.started(serve(config()))
            with socket.create_connection(("127.0.0.1", 53)) as stream:
                stream.sendall(framed(query("id.server", "TXT").to_wire()))
                self.assertEqual(server.stop(), 0, server.output())

    def test_signals_right_after_binding(self):
        for number in (signal.SIGTERM, signal.SIGINT) * 10:
            server = self.started(Shirube(config()))
            server.ready(lambda: process.accepts_tcp("127.0.0.1", 53))
            server.signal(signal.SIGHUP)
            server.signal(number)
            self.assertEqual(server.wait(), 0, server.output())

    def test_hang_up_does_not_end_it(self):
        server = self.started(serve(config()))
        for _ in range(5):
            server.reload()
        ask("version.bind", "TXT")
        self.assertTrue(server.running(), server.output())


if __name__ == "__main__":
    case.main()
