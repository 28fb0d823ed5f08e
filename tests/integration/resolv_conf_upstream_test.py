"""Without any [[forward]]: the name servers of /etc/resolv.conf that are not Shirube itself."""

from support import case, sandbox
from support.dns_client import ask, records
from support.scripted_upstream import ScriptedUpstream, reply_to
from support.shirube import Shirube, config, serve


class ResolvConfUpstream(case.TestCase):
    def test_first_foreign_server_is_asked(self):
        upstream = self.started(ScriptedUpstream(lambda q, _: (0, reply_to(q, ("A", "192.0.2.1")))))
        sandbox.resolv_conf(
            "nameserver 127.0.0.1\nnameserver ::1\nnameserver 0.0.0.0\nnameserver 127.0.0.5\n"
        )
        self.started(serve(config(servers=(), listen=("127.0.0.1:53", "[::1]:53"))))
        self.assertEqual(records(ask("some.example"), "A"), ["192.0.2.1"])
        self.assertEqual(len(upstream.asked("some.example.")), 1)

    def test_only_ourselves_is_a_clear_error(self):
        sandbox.resolv_conf("nameserver 127.0.0.1\nnameserver 0.0.0.0\n")
        server = self.started(Shirube(config(servers=(), listen=("127.0.0.1:53", "[::1]:53"))))
        self.assertIn(server.wait(), (1, 2), server.output())
        self.assertEqual(len(server.output().splitlines()), 1, server.output())
        self.assertTrue(server.lines("resolv.conf", "forward"), server.output())
        self.note(server.output().strip())

    def test_none_at_all_is_a_clear_error(self):
        sandbox.resolv_conf("search small.example\n")
        server = self.started(Shirube(config(servers=())))
        self.assertIn(server.wait(), (1, 2), server.output())
        self.assertTrue(server.lines("resolv.conf"), server.output())


if __name__ == "__main__":
    case.main()
