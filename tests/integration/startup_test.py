"""Starting on hosts that lack something: IPv6, a privilege, a free port, a user."""

import os
import pathlib
import signal
import subprocess

from support import case, process, sandbox, servers
from support.dns_client import ask, records
from support.shirube import USER, Shirube, answers_anything, binary, config, serve
from support.waiting import until


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


    def test_an_address_that_appears_later_is_served(self):
        self.started(servers.nsd())
        for late, family in (("192.0.2.7", "-4"), ("2001:db8:7::7", "-6")):
            endpoint = f"[{late}]:53" if family == "-6" else f"{late}:53"
            extra = f'[server]\nallow = ["{late}", "127.0.0.0/8"]\n'
            text = config(listen=("127.0.0.1:53", endpoint)).replace("[server]\n", extra, 1)
            server = self.started(serve(text))
            self.assertEqual(len(server.lines("answered once it is added")), 1, server.output())
            sandbox.run("ip", family, "address", "add", late, "dev", "lo", *(["nodad"] if family == "-6" else []))
            self.assertEqual(records(ask("small.example", address=late), "A"), ["192.0.2.30"])
            self.assertEqual(server.stop(), 0, server.output())

    def test_a_reader_of_the_log_that_goes_away_does_not_end_it(self):
        self.started(servers.nsd())
        read, write = os.pipe()
        with subprocess.Popen([binary(), "serve", "--config", self.config_file()], stdout=write, stderr=write) as child:
            os.close(write)
            until(answers_anything, "it answers")
            os.close(read)
            try:
                for _ in range(3):
                    child.send_signal(signal.SIGHUP)  # which is logged
                    self.assertEqual(records(ask("small.example"), "A"), ["192.0.2.30"])
                self.assertIsNone(child.poll())
            finally:
                child.terminate()
            self.assertEqual(child.wait(10), 0)

    def test_starts_without_standard_streams(self):
        self.started(servers.nsd())
        script = f'exec "{binary()}" serve --config "{self.config_file()}" <&- >&- 2>&-'
        with subprocess.Popen(["bash", "-c", script]) as child:
            try:
                until(answers_anything, "it answers")
                self.assertEqual(records(ask("small.example"), "A"), ["192.0.2.30"])
                opened = pathlib.Path(f"/proc/{child.pid}/fd")
                self.assertEqual({os.readlink(opened / str(fd)) for fd in range(3)}, {"/dev/null"})
            finally:
                child.terminate()
            self.assertEqual(child.wait(10), 0)

    @staticmethod
    def config_file():
        path = sandbox.directory("config") / "shirube.toml"
        path.write_text(config())
        return path


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
