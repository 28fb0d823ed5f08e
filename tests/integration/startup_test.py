"""Starting on hosts that lack something: IPv6, a privilege, a free port, a user."""

from support import case, process, sandbox, servers
from support.dns_client import ask, records
from support.shirube import USER, Shirube, config, serve


class Startup(case.TestCase):
    def test_root_is_dropped_once_the_port_is_bound(self):
        self.started(servers.nsd())
        server = self.started(serve(config()))
        account = sandbox.run("id", "-u", USER).strip()
        group = sandbox.run("id", "-g", USER).strip()
        self.note(f"uids of the process: {server.status('Uid')}")
        self.assertEqual(server.status("Uid"), [account] * 4)
        self.assertEqual(server.status("Gid"), [group] * 4)
        self.assertNotIn("0", server.status("Groups"))
        self.assertEqual(server.status("CapEff"), ["0000000000000000"])
        self.assertEqual(records(ask("small.example"), "A"), ["192.0.2.30"])

    def test_unknown_user_is_told(self):
        server = self.started(Shirube(config().replace(f'"{USER}"', '"no-such-user-here"')))
        self.assertIn(server.wait(), (1, 2))
        self.assertTrue(server.lines("no-such-user-here"), server.output())

    def test_plain_user_is_told_the_way_out(self):
        server = self.started(Shirube(config(), user=USER))
        self.assertEqual(server.wait(), 1, server.output())
        self.assertEqual(len(server.lines("--listen 127.0.0.1:5300")), 1, server.output())
        self.assertEqual(len(server.output().splitlines()), 1, server.output())
        self.note(server.output().strip())

    def test_plain_user_takes_the_way_out(self):
        self.started(servers.nsd())
        self.started(serve(config(), "--listen", "127.0.0.1:5300", user=USER, port=5300))
        self.assertEqual(records(ask("small.example", port=5300), "A"), ["192.0.2.30"])

    def test_taken_port_is_told(self):
        self.started(servers.nsd(address="127.0.0.1"))
        server = self.started(Shirube(config()))
        self.assertEqual(server.wait(), 1, server.output())
        self.assertTrue(server.lines("127.0.0.1:53"), server.output())
        self.note(server.output().strip())

    def test_wrong_command_lines(self):
        for words, code in (
            (["--listen", "nonsense"], 2),
            (["--set", "cache.sise=1MiB"], 2),
            (["--bogus"], 2),
        ):
            server = self.started(Shirube(config(), *words))
            self.assertEqual(server.wait(), code, server.output())


class WithoutIpv6(case.TestCase):
    """Last in this file by its name: IPv6 does not come back within the sandbox."""

    def test_starts_with_one_warning(self):
        sandbox.disable_ipv6()
        self.started(servers.nsd())
        server = self.started(serve(config(listen=("127.0.0.1:53", "[::1]:53"))))
        self.assertEqual(records(ask("small.example"), "A"), ["192.0.2.30"])
        self.assertFalse(process.accepts_tcp("::1", 53))
        self.assertEqual(server.stop(), 0, server.output())
        warnings = server.lines("warn")
        self.note(f"said: {warnings}")
        self.assertEqual(len(warnings), 1, server.output())
        self.assertIn("::1", warnings[0])
        self.assertEqual(server.lines("error"), [])


if __name__ == "__main__":
    case.main()
