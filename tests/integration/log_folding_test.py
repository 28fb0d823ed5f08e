"""A dead upstream under load is a few lines in the log, not one a query."""

import json
import socket

from support import case
from support.dns_client import query
from support.shirube import config, serve

QUERIES = 2_000
IN_FLIGHT = 50
DEAD = "127.0.0.99"


def ask_many(count):
    """Random names, as spam brings them, so that no cache of failures helps."""
    answered = 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        link.connect(("127.0.0.1", 53))
        link.settimeout(8.0)
        for start in range(0, count, IN_FLIGHT):
            for number in range(start, start + IN_FLIGHT):
                link.send(query(f"name-{number}.example").to_wire())
            for _ in range(IN_FLIGHT):
                link.recv(4096)
                answered += 1
    return answered


class LogFolding(case.TestCase):
    def test_dead_upstream(self):
        server = self.started(serve(config(servers=[DEAD])))
        before = len(server.output().splitlines())
        self.assertEqual(ask_many(QUERIES), QUERIES)
        while_running = len(server.output().splitlines()) - before
        server.stop()
        lines = server.output().splitlines()[before:]
        self.note(f"{QUERIES} failed queries: {while_running} lines while running, {len(lines)} with the end")
        for line in lines:
            self.note(line)
        self.assertGreaterEqual(while_running, 1, "an outage must not go untold")
        self.assertLessEqual(len(lines), 20)
        self.assertTrue(any(DEAD in line for line in lines), "the log names the server")

    def test_json_lines(self):
        server = self.started(serve(config(servers=[DEAD], extra='[log]\nformat = "json"\n')))
        self.assertEqual(ask_many(100), 100)
        self.assertEqual(server.stop(), 0)
        lines = server.output().splitlines()
        self.assertGreater(len(lines), 0)
        for line in lines:
            self.assertIsInstance(json.loads(line), dict, line)

    def test_no_colours_in_a_file(self):
        server = self.started(serve(config(servers=[DEAD])))
        ask_many(50)
        server.stop()
        self.assertNotIn("\x1b", server.output())


if __name__ == "__main__":
    case.main()
