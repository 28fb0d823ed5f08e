"""glibc's own stub resolver in front of Shirube: what every program on the host gets."""

import subprocess

from support import case, sandbox, servers
from support.dns_client import use_name_server
from support.shirube import config, serve


def getent(database, name):
    done = subprocess.run(["getent", database, name], capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, {line.split()[0] for line in done.stdout.splitlines()}


class Getent(case.TestCase):
    @classmethod
    def setUpClass(cls):
        sandbox.add_uplink()  # glibc asks for no family of which the host has but loopback addresses

    def setUp(self):
        self.started(servers.nsd())

    def serve(self, ipv4_only):
        profile = "ipv4-only" if ipv4_only == "on" else "standard"
        policy = f'[policy]\nprofile = "{profile}"\nipv4-only = "{ipv4_only}"\n'
        self.started(serve(config(listen=("127.0.0.1:53", "[::1]:53"), extra=policy)))

    def test_both_families(self):
        self.serve("off")
        for server in ("127.0.0.1", "::1"):
            use_name_server(server)
            self.assertEqual(getent("ahosts", "dual.example"), (0, {"192.0.2.40", "2001:db8:2::40"}))
            self.assertEqual(getent("ahostsv4", "dual.example"), (0, {"192.0.2.40"}))
            self.assertEqual(getent("ahostsv6", "dual.example"), (0, {"2001:db8:2::40"}))
            self.assertEqual(getent("hosts", "small.example"), (0, {"192.0.2.30"}))
            self.assertEqual(getent("ahosts", "absent.small.example"), (2, set()))

    def test_ipv4_only(self):
        self.serve("on")
        use_name_server("127.0.0.1")
        self.assertEqual(getent("ahosts", "dual.example"), (0, {"192.0.2.40"}))
        self.assertEqual(
            getent("ahostsv6", "dual.example"), (0, {"::ffff:192.0.2.40"}), "IPv4, as getent maps it"
        )
        self.assertEqual(getent("hosts", "dual.example"), (0, {"192.0.2.40"}))


if __name__ == "__main__":
    case.main()
