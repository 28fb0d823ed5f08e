"""What dig sees: every kind of answer, over UDP and TCP, IPv4 and IPv6; upstream is an authority (RA=0)."""

from support import case, servers
from support.dns_client import dig
from support.shirube import config, serve

LISTEN = ("127.0.0.1:53", "[::1]:53")
PATHS = (("@127.0.0.1", "+notcp"), ("@127.0.0.1", "+tcp"), ("@::1", "+notcp"), ("@::1", "+tcp"))


class Answers(case.TestCase):
    def setUp(self):
        self.started(servers.nsd())
        self.server = self.started(serve(config(listen=LISTEN)))

    def test_address_over_every_path(self):
        for path in PATHS:
            reply = dig(*path, "small.example", "A")
            self.assertEqual(reply.status, "NOERROR", reply.text)
            self.assertEqual([line.split()[4] for line in reply.answer], ["192.0.2.30"], reply.text)
            self.assertIn("ra", reply.flags)
            self.assertIn("rd", reply.flags)
            self.assertNotIn("aa", reply.flags, "a forwarder is no authority")
            self.assertNotIn("ad", reply.flags, "nobody validated this")
            self.assertNotIn("tc", reply.flags)
            self.assertEqual(reply.over_tcp, path[1] == "+tcp")

    def test_other_types(self):
        expected = {
            ("dual.example", "AAAA"): ["2001:db8:2::40"],
            ("small.example", "MX"): ["10 mail.small.example."],
            ("texts.example", "NS"): ["ns.nic.example."],
            ("short.texts.example", "TXT"): ['"one"'],
        }
        for (name, kind), data in expected.items():
            reply = dig("@127.0.0.1", name, kind)
            self.assertEqual([" ".join(line.split()[4:]) for line in reply.answer], data, reply.text)

    def test_alias_comes_with_its_target(self):
        reply = dig("@127.0.0.1", "www.small.example", "A")
        self.assertEqual(len(reply.of_type("CNAME")), 1, reply.text)
        self.assertEqual([line.split()[4] for line in reply.of_type("A")], ["192.0.2.30"], reply.text)

    def test_no_such_name(self):
        for path in PATHS:
            reply = dig(*path, "absent.small.example", "A")
            self.assertEqual(reply.status, "NXDOMAIN", reply.text)
            self.assertEqual(reply.answer, [])
            self.assertIn("SOA", reply.authority[0])

    def test_no_such_type(self):
        for path in PATHS:
            reply = dig(*path, "small.example", "SRV")
            self.assertEqual(reply.status, "NOERROR", reply.text)
            self.assertEqual(reply.answer, [])
            self.assertIn("SOA", reply.authority[0])

    def test_unknown_type_is_answered(self):
        reply = dig("@127.0.0.1", "small.example", "TYPE65280")
        self.assertEqual(reply.status, "NOERROR", reply.text)
        self.assertEqual(reply.answer, [])

    def test_cached_answers_age_and_are_the_same(self):
        first = dig("@127.0.0.1", "many-mx.example", "MX")
        again = dig("@127.0.0.1", "many-mx.example", "MX")
        self.assertEqual(len(again.answer), 24, again.text)

        def data(reply):
            return sorted(line.split()[4:] for line in reply.answer)

        self.assertEqual(data(first), data(again))
        self.assertLessEqual(int(again.answer[0].split()[1]), 300)


if __name__ == "__main__":
    case.main()
