"""Who may ask: clients outside server.allow get REFUSED (EDE 18), and nothing is looked up for them."""

from support import case, sandbox
from support.dns_client import ask, extended_errors, rcode, records
from support.scripted_upstream import ScriptedUpstream, reply_to
from support.shirube import config, serve

PROHIBITED = 18


class Access(case.TestCase):
    def setUp(self):
        sandbox.run("ip", "address", "replace", "192.0.2.77/32", "dev", "lo")
        self.upstream = self.started(
            ScriptedUpstream(lambda q, _: (0, reply_to(q, ("A", "192.0.2.1"))), port=5300)
        )

    def test_strangers_are_refused(self):
        self.started(serve(config(servers=[self.upstream.endpoint], listen=("0.0.0.0:53",))))
        for transport in ("udp", "tcp"):
            reply = ask(
                "foreign.example", address="192.0.2.77", source="192.0.2.77", transport=transport, edns=1232
            )
            self.assertEqual(rcode(reply), "REFUSED")
            self.assertEqual(reply.answer, [])
            self.assertEqual(extended_errors(reply), [PROHIBITED])
        self.assertEqual(self.upstream.asked("foreign.example."), [])
        self.assertEqual(records(ask("own.example"), "A"), ["192.0.2.1"])

    def test_cached_answers_are_refused_to_strangers_too(self):
        self.started(serve(config(servers=[self.upstream.endpoint], listen=("0.0.0.0:53",))))
        self.assertEqual(records(ask("own.example"), "A"), ["192.0.2.1"])
        reply = ask("own.example", address="192.0.2.77", source="192.0.2.77")
        self.assertEqual((rcode(reply), reply.answer), ("REFUSED", []))

    def test_narrow_list(self):
        text = config(servers=[self.upstream.endpoint]).replace(
            "workers = 2", 'workers = 2\nallow = ["127.0.0.8/32"]'
        )
        self.started(serve(text))
        self.assertEqual(rcode(ask("a.example", source="127.0.0.9")), "REFUSED")
        self.assertEqual(rcode(ask("a.example", source="127.0.0.8")), "NOERROR")

    def test_reply_comes_from_the_address_that_was_asked(self):
        self.started(serve(config(servers=[self.upstream.endpoint], listen=("0.0.0.0:53",))))
        for address in ("127.0.0.1", "127.0.0.53", "127.9.9.9"):
            self.assertEqual(records(ask("own.example", address=address), "A"), ["192.0.2.1"])


if __name__ == "__main__":
    case.main()
