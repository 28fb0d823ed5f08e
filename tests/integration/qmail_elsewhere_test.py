"""Unpatched qmail behind resolvers that nobody here wrote: which mails it defers, and which it delivers.

This is what proves that qmail_test.py can fail: the same client, the same domains.
"""

from support import case, servers, zones
from support.dns_client import dig, qmail_lookup, use_name_server


class QmailElsewhere(case.TestCase):
    def setUp(self):
        self.started(servers.named_authority())

    def defers_the_seed_domains(self, resolver_address):
        use_name_server(resolver_address)
        signed = qmail_lookup("cname", "signed.example")
        exchangers = qmail_lookup("mx", "many-mx.example")
        small = qmail_lookup("cname", "small.example")
        self.assertTrue(signed.deferred, signed.text)
        self.assertTrue(exchangers.deferred, exchangers.text)
        self.assertTrue(small.delivers, small.text)
        self.note(f"{resolver_address}: signed {signed.text.split(chr(10))[0]}; defers as in life")

    def test_any_answer_is_as_big_as_that_of_the_domain_in_question(self):
        reply = dig(f"@{zones.AUTHORITY}", "signed.example", "ANY", "+tcp", "+norec")
        self.note(f"ANY of signed.example: {reply.size} bytes")
        self.assertGreater(reply.size, 2500)
        self.assertLess(reply.size, 3400)

    def test_defers_behind_bind(self):
        self.started(servers.named_resolver())
        self.defers_the_seed_domains("127.0.0.3")

    def test_defers_behind_unbound(self):
        self.started(servers.unbound())
        self.defers_the_seed_domains("127.0.0.4")


if __name__ == "__main__":
    case.main()
