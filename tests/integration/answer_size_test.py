"""Answers too big for the datagram: TC=1 and all of it over TCP, never more bytes than the client takes."""

from support import case, servers
from support.dns_client import dig
from support.shirube import config, serve


class AnswerSize(case.TestCase):
    def setUp(self):
        self.started(servers.nsd())
        self.started(serve(config(listen=("127.0.0.1:53", "[::1]:53"))))

    def truncated(self, *words, limit):
        reply = dig("@127.0.0.1", *words, "+ignore")
        self.assertEqual(reply.status, "NOERROR", reply.text)
        self.assertIn("tc", reply.flags, reply.text)
        self.assertLessEqual(reply.size, limit, reply.text)

    def whole(self, *words, over):
        reply = dig("@127.0.0.1", *words)
        self.assertNotIn("tc", reply.flags, reply.text)
        self.assertGreater(reply.size, over, reply.text)
        return reply

    def test_over_512_bytes_without_edns(self):
        self.truncated("over512.texts.example", "TXT", "+noedns", limit=512)
        reply = self.whole("over512.texts.example", "TXT", "+noedns", over=512)
        self.assertTrue(reply.retried_over_tcp and reply.over_tcp, reply.text)

    def test_over_512_bytes_with_edns_needs_no_tcp(self):
        reply = self.whole("over512.texts.example", "TXT", "+bufsize=1232", over=512)
        self.assertFalse(reply.over_tcp, reply.text)

    def test_edns_size_below_512_counts_as_512(self):
        reply = dig("@127.0.0.1", "small.example", "MX", "+bufsize=100", "+ignore")
        self.assertNotIn("tc", reply.flags, reply.text)

    def test_over_1232_bytes(self):
        self.truncated("over1232.texts.example", "TXT", "+bufsize=1232", limit=1232)
        reply = self.whole("over1232.texts.example", "TXT", "+bufsize=1232", over=1232)
        self.assertTrue(reply.over_tcp, reply.text)

    def test_over_4096_bytes(self):
        reply = self.whole("over4096.texts.example", "TXT", "+bufsize=4096", over=4096)
        self.assertTrue(reply.over_tcp, reply.text)
        over_ipv6 = dig("@::1", "over4096.texts.example", "TXT", "+tcp")
        self.assertEqual(over_ipv6.size, reply.size)


if __name__ == "__main__":
    case.main()
