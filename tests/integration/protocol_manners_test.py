"""What is not a plain query gets what RFC 8906, 9619 and 6891 ask for, or silence where that is safer."""

import struct

import dns.edns
import dns.flags
import dns.message
import dns.opcode
import dns.rcode
import dns.rdataclass

from support import case
from support.dns_client import ask, exchange, flag, query, rcode, records
from support.scripted_upstream import ScriptedUpstream, reply_to
from support.shirube import config, serve

HEADER = struct.Struct("!HHHHHH")
QUICK = 1.0  # seconds of silence that count as "no answer"
QUESTION = b"\5small\7example\0\0\1\0\1"


def header(identity=0x1234, flags=0x0100, questions=1, answers=0, authority=0, additional=0):
    return HEADER.pack(identity, flags, questions, answers, authority, additional)


def reply_rcode(wire):
    return dns.rcode.to_text(wire[3] & 15)


class ProtocolManners(case.TestCase):
    def setUp(self):
        self.upstream = self.started(ScriptedUpstream(lambda q, _: (0, reply_to(q, ("A", "192.0.2.1")))))
        identity = 'workers = 2\nidentity = "host-7"\nversion = "signpost"'
        self.started(serve(config(servers=[self.upstream.endpoint]).replace("workers = 2", identity)))
        self.addCleanup(self.still_answers)

    def still_answers(self):
        self.assertEqual(records(ask("after.example"), "A"), ["192.0.2.1"])

    def gets(self, wire, expected, transports=("udp", "tcp")):
        for transport in transports:
            reply = exchange(wire, transport=transport)
            self.assertIsNotNone(reply, f"no reply over {transport}")
            self.assertEqual(reply[:2], wire[:2])
            self.assertTrue(reply[2] & 0x80, "QR is set")
            self.assertEqual(reply_rcode(reply), expected)
        self.assertEqual(self.upstream.asked(), [], "nothing to ask upstream about")
        return reply

    def is_ignored(self, wire):
        self.assertIsNone(exchange(wire, patience=QUICK))
        self.assertEqual(self.upstream.asked(), [])

    def test_no_question(self):
        self.gets(header(questions=0), "FORMERR")

    def test_two_questions(self):
        self.gets(header(questions=2) + QUESTION * 2, "FORMERR")

    def test_unknown_opcodes(self):
        for opcode in (1, 2, 3, 6, 7, 15):
            self.gets(header(flags=opcode << 11) + QUESTION, "NOTIMP")

    def test_notify_and_update_are_not_for_us(self):
        for opcode in (dns.opcode.NOTIFY, dns.opcode.UPDATE):
            wire = header(flags=int(opcode) << 11) + b"\5small\7example\0\0\6\0\1"
            self.assertIn(reply_rcode(self.gets_any(wire)), ("NOTIMP", "REFUSED"))

    def gets_any(self, wire):
        reply = exchange(wire)
        self.assertIsNotNone(reply)
        return reply

    def test_reply_as_query_is_silence(self):
        self.is_ignored(header(flags=0x8180) + QUESTION)
        self.is_ignored(header(flags=0x8180, questions=0))

    def test_shorter_than_a_header_is_silence(self):
        for size in range(12):
            self.assertIsNone(exchange(header()[:size] or b"\0", patience=0.1))

    def test_broken_questions(self):
        loop = b"\xc0\x0c"
        for question in (
            b"",
            b"\5sma",
            b"\5small\7example\0\0",
            loop + b"\0\1\0\1",
            b"\x80abc\0\0\1\0\1",
            b"\x40abc\0\0\1\0\1",
        ):
            self.gets(header() + question, "FORMERR", transports=("udp",))

    def test_name_of_over_255_bytes(self):
        self.gets(header() + b"\x3f" + b"a" * 63 + (b"\x3f" + b"a" * 63) * 3 + b"\0\0\1\0\1", "FORMERR")

    def test_counts_that_promise_more_than_there_is(self):
        self.gets(header(additional=1) + QUESTION, "FORMERR")
        self.gets(header(additional=65535) + QUESTION, "FORMERR")

    def test_unknown_edns_version(self):
        message = query("small.example", edns=1232)
        message.ednsflags |= 1 << 16
        for transport in ("udp", "tcp"):
            reply = dns.message.from_wire(exchange(message.to_wire(), transport=transport))
            self.assertEqual(rcode(reply), "BADVERS")
            self.assertEqual((reply.edns, reply.answer), (0, []))
        self.assertEqual(self.upstream.asked(), [])

    def test_two_opt_records(self):
        opt = b"\0\0\x29\x04\xd0\0\0\0\0\0\0"
        self.gets(header(additional=2) + QUESTION + opt * 2, "FORMERR")

    def test_unknown_edns_option_and_flags_are_ignored(self):
        message = query("option.example", edns=1232)
        message.use_edns(0, ednsflags=0x1234, payload=1232, options=[dns.edns.GenericOption(65001, b"?")])
        reply = ask("option.example", message=message)
        self.assertEqual(records(reply, "A"), ["192.0.2.1"])
        self.assertEqual(reply.edns, 0)
        self.assertEqual([int(option.otype) for option in reply.options if int(option.otype) == 65001], [])

    def test_reply_has_edns_just_when_the_query_has(self):
        self.assertEqual(ask("edns.example").edns, -1)
        self.assertEqual(ask("edns.example", edns=1232).edns, 0)

    def test_zone_transfers_are_refused(self):
        for kind in ("AXFR", "IXFR"):
            wire = query("small.example", kind).to_wire()
            for transport in ("udp", "tcp"):
                reply = exchange(wire, transport=transport)
                self.assertIn(reply_rcode(reply), ("REFUSED", "NOTIMP"), f"{kind} over {transport}")
        self.assertEqual(self.upstream.asked(), [])

    def test_meta_types_are_not_asked_upstream(self):
        for kind in ("TYPE41", "TYPE249", "TYPE250"):
            reply = ask("small.example", kind)
            self.assertNotEqual(rcode(reply), "SERVFAIL")
            self.assertEqual(reply.answer, [])
        self.assertEqual(self.upstream.asked(), [])

    def test_other_classes(self):
        for number in (4, 254, 255, 7777):
            message = query("small.example")
            message.question[0].rdclass = dns.rdataclass.RdataClass.make(number)
            reply = dns.message.from_wire(exchange(message.to_wire()))
            self.assertIn(rcode(reply), ("REFUSED", "NOTIMP", "FORMERR"), f"class {number}")
            self.assertEqual(reply.answer, [])
        self.assertEqual(self.upstream.asked(), [])

    def test_query_without_rd_is_answered_from_the_cache_or_refused(self):
        message = query("norec.example")
        message.flags &= ~dns.flags.RD
        reply = ask("norec.example", message=message)
        self.assertIn(rcode(reply), ("NOERROR", "REFUSED", "SERVFAIL"))
        self.assertFalse(flag(reply, "RD"))

    def test_flags_of_the_reply(self):
        for transport in ("udp", "tcp"):
            message = query("flags.example")
            message.flags |= dns.flags.CD
            reply = ask("flags.example", message=message, transport=transport)
            self.assertTrue(flag(reply, "RA"))
            self.assertTrue(flag(reply, "RD"))
            self.assertTrue(flag(reply, "CD"))
            self.assertFalse(flag(reply, "AA"))
            self.assertFalse(flag(reply, "AD"))
            self.assertFalse(reply.flags & 0x0040, "the bit that must be zero")

    def test_who_are_you(self):
        for name, text in (
            ("id.server", '"host-7"'),
            ("version.bind", '"signpost"'),
            ("VERSION.BIND", '"signpost"'),
        ):
            reply = ask(name, "TXT", rdclass="CH")
            self.assertEqual(rcode(reply), "NOERROR")
            self.assertEqual(records(reply, "TXT"), [text])
        self.assertEqual(rcode(ask("small.example", "TXT", rdclass="CH")), "REFUSED")
        self.assertEqual(self.upstream.asked(), [])


class AskedWhoItIs(case.TestCase):
    def test_says_nothing_by_default(self):
        self.started(serve(config()))
        for name in ("id.server", "version.bind", "version.server", "hostname.bind"):
            reply = ask(name, "TXT", rdclass="CH")
            self.assertEqual((rcode(reply), reply.answer), ("REFUSED", []), name)


if __name__ == "__main__":
    case.main()
