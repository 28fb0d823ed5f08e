"""ANY through Shirube: a subset with TC=0 that fits, whoever asks, and never asked upstream (RFC 8482)."""

from support import case, servers
from support.dns_client import ask, dig, records, rcode, flag
from support.scripted_upstream import ScriptedUpstream, reply_to
from support.shirube import config, serve


class Any(case.TestCase):
    def test_fits_every_client(self):
        self.started(servers.named_authority())
        self.started(serve(config()))
        for words in (
            ["+noedns", "+notcp"],
            ["+noedns", "+tcp"],
            ["+bufsize=1232", "+notcp"],
            ["+edns", "+tcp"],
        ):
            limit = 512 if "+noedns" in words else 1232
            reply = dig("@127.0.0.1", "signed.example", "ANY", *words, "+ignore")
            self.assertEqual(reply.status, "NOERROR", reply.text)
            self.assertNotIn("tc", reply.flags, reply.text)
            self.assertIn("ra", reply.flags, reply.text)
            self.assertLessEqual(reply.size, limit, reply.text)
            self.assertEqual(len(reply.of_type("MX")), 2, reply.text)
            self.assertEqual(len(reply.of_type("A")), 1, reply.text)

    def test_alias_is_the_whole_answer(self):
        self.started(servers.nsd())
        self.started(serve(config()))
        reply = dig("@127.0.0.1", "www.small.example", "ANY", "+noedns")
        self.assertEqual([line.split()[3] for line in reply.answer], ["CNAME"], reply.text)

    def test_missing_name_and_empty_name(self):
        self.started(servers.nsd())
        self.started(serve(config()))
        self.assertEqual(dig("@127.0.0.1", "absent.small.example", "ANY").status, "NXDOMAIN")

    def test_upstream_is_never_asked_for_any(self):
        upstream = self.started(ScriptedUpstream(lambda query, _: (0, reply_to(query))))
        self.started(serve(config(servers=[upstream.endpoint])))
        reply = ask("empty.example", "ANY")
        self.assertEqual((rcode(reply), records(reply, "MX"), flag(reply, "TC")), ("NOERROR", [], False))
        kinds = {line.split()[1] for line in upstream.asked("empty.example.")}
        self.note(f"upstream was asked for {sorted(kinds)}")
        self.assertNotIn("ANY", kinds)
        self.assertTrue({"MX", "A"} <= kinds, kinds)


if __name__ == "__main__":
    case.main()
