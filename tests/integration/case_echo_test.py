"""The question comes back in the letters that were asked; the answer is found whatever their case."""

from support import case, servers
from support.dns_client import ask, records
from support.shirube import config, serve


class CaseEcho(case.TestCase):
    def test_every_spelling_is_echoed(self):
        self.started(servers.nsd())
        self.started(serve(config()))
        for transport in ("udp", "tcp"):
            for spelling in ("small.example.", "SMALL.example.", "sMaLl.ExAmPlE.", "SMALL.EXAMPLE."):
                reply = ask(spelling, "MX", transport=transport)
                self.assertEqual(reply.question[0].name.to_text(), spelling)
                self.assertEqual(len(records(reply, "MX")), 1)

    def test_upstream_is_asked_once_for_all_spellings(self):
        from support.scripted_upstream import ScriptedUpstream, reply_to

        upstream = self.started(ScriptedUpstream(lambda query, _: (0, reply_to(query, ("A", "192.0.2.1")))))
        self.started(serve(config(servers=[upstream.endpoint])))
        for spelling in ("cased.example.", "CASED.example.", "cAsEd.eXaMpLe."):
            self.assertEqual(records(ask(spelling), "A"), ["192.0.2.1"])
        asked = upstream.asked("cased.example.")
        self.assertEqual(len(asked), 1, asked)


if __name__ == "__main__":
    case.main()
