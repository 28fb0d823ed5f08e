"""Names that must not leave the host are answered here, unless the administrator sends them on.

RFC 6761, 6303, 7686, 8375.
"""

from support import case
from support.dns_client import ask, rcode, records
from support.scripted_upstream import ScriptedUpstream, reply_to
from support.shirube import config, serve

MISSING = (
    "host.invalid",
    "host.test",
    "site.onion",
    "1.1.168.192.in-addr.arpa",
    "host.home.arpa",
    "5.0.0.10.in-addr.arpa",
)


class LocalNames(case.TestCase):
    def setUp(self):
        self.upstream = self.started(ScriptedUpstream(lambda q, _: (0, reply_to(q, ("A", "192.0.2.1")))))

    def test_answered_here(self):
        self.started(serve(config(servers=[self.upstream.endpoint])))
        for name in ("localhost", "www.localhost"):
            self.assertEqual(records(ask(name, "A"), "A"), ["127.0.0.1"])
            self.assertEqual(records(ask(name, "AAAA"), "AAAA"), ["::1"])
        for name in MISSING:
            reply = ask(name, "PTR")
            self.assertEqual(rcode(reply), "NXDOMAIN", name)
            self.assertEqual(len(records(reply, "SOA", "authority")), 1, name)
        self.assertEqual(self.upstream.asked(), [])

    def test_sent_on_when_switched_off(self):
        text = config(servers=[self.upstream.endpoint]).replace("[resolve]", "[resolve]\nlocal-names = false")
        self.started(serve(text))
        self.assertEqual(records(ask("host.test"), "A"), ["192.0.2.1"])

    def test_sent_on_where_a_forward_names_them(self):
        self.started(serve(config(forwards=[("10.in-addr.arpa", [self.upstream.endpoint])])))
        self.assertEqual(rcode(ask("5.0.0.10.in-addr.arpa", "A")), "NOERROR")
        self.assertEqual(len(self.upstream.asked("5.0.0.10.in-addr.arpa.")), 1)
        self.assertEqual(rcode(ask("1.1.168.192.in-addr.arpa", "PTR")), "NXDOMAIN")


if __name__ == "__main__":
    case.main()
