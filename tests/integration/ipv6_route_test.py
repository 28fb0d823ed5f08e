"""`ipv4-only = "auto"` follows the host's IPv6 default route, while it runs."""

import time

from support import case, sandbox, servers
from support.dns_client import ask, rcode, records
from support.shirube import config, serve
from support.waiting import until

FOLLOWS = '[policy]\nprofile = "follows"\n[[profile]]\nname = "follows"\nipv4-only = "auto"\n'
NOTICED_WITHIN = 1.0
SLACK = 0.4  # a busy machine


def has_aaaa():
    reply = ask("dual.example", "AAAA")
    if rcode(reply) != "NOERROR":
        raise AssertionError(f"AAAA may be missing, but not with {rcode(reply)}")
    return bool(records(reply, "AAAA"))


class Ipv6Route(case.TestCase):
    def setUp(self):
        sandbox.add_uplink()
        self.addCleanup(sandbox.run, "ip", "link", "delete", "uplink")
        self.started(servers.nsd())

    def within_a_second(self, condition, what):
        started = time.monotonic()
        until(condition, what, within=NOTICED_WITHIN + SLACK)
        self.note(f"{what}: after {time.monotonic() - started:.3f} s")

    def follows_the_route(self):
        for _ in range(3):
            sandbox.run("ip", "-6", "route", "add", "default", "via", "2001:db8:1::1", "dev", "uplink")
            self.within_a_second(has_aaaa, "with a route AAAA is there")
            sandbox.run("ip", "-6", "route", "delete", "default")
            self.within_a_second(lambda: not has_aaaa(), "without a route AAAA is gone")

    def test_profile_follows_the_route(self):
        self.started(serve(config(extra=FOLLOWS)))
        self.assertFalse(has_aaaa(), "no route at the start")
        self.follows_the_route()

    def test_squid_profile_follows_the_route(self):
        self.started(serve(config(extra='[policy]\nprofile = "squid"\n')))
        self.follows_the_route()

    def test_missing_name_stays_missing(self):
        self.started(serve(config(extra='[policy]\nprofile = "squid"\n')))
        reply = ask("absent.dual.example", "AAAA")
        self.assertEqual(rcode(reply), "NXDOMAIN")
        nodata = ask("dual.example", "AAAA")
        self.assertEqual(records(nodata, "AAAA"), [])
        self.assertEqual(
            len(records(nodata, "SOA", "authority")), 1, "NODATA with a SOA, so that it can be cached"
        )

    def test_network_card_that_goes_away(self):
        sandbox.run("ip", "-6", "route", "add", "default", "via", "2001:db8:1::1", "dev", "uplink")
        self.started(serve(config(extra='[policy]\nprofile = "squid"\n')))
        self.assertTrue(has_aaaa())
        sandbox.run("ip", "link", "set", "uplink", "down")
        self.within_a_second(lambda: not has_aaaa(), "with its card down the route is gone")


if __name__ == "__main__":
    case.main()
