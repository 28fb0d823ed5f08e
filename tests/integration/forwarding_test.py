"""How Shirube asks its upstream servers: whom, how often, over what, and which replies it believes."""

import threading

import dns.flags
import dns.message
import dns.rcode

from support import case
from support.dns_client import ask, flag, rcode, records
from support.scripted_upstream import ScriptedUpstream, reply_to
from support.shirube import config, serve
from support.waiting import until

GOOD = "192.0.2.1"
FORGED = "192.0.2.66"


def good(query, _=None):
    return 0, reply_to(query, ("A", GOOD))


class Forwarding(case.TestCase):
    def upstream(self, script, address="127.0.0.5"):
        return self.started(ScriptedUpstream(script, address=address))

    def test_longest_zone_wins(self):
        self.upstream(good)
        corporate = self.upstream(lambda q, _: (0, reply_to(q, ("A", "192.0.2.2"))), address="127.0.0.6")
        self.started(serve(config(servers=["127.0.0.5"], forwards=[("corp.example", [corporate.endpoint])])))
        self.assertEqual(records(ask("host.corp.example"), "A"), ["192.0.2.2"])
        self.assertEqual(records(ask("CORP.example"), "A"), ["192.0.2.2"])
        self.assertEqual(records(ask("notcorp.example"), "A"), [GOOD])
        self.assertEqual(len(corporate.asked()), 2)

    def test_same_question_is_in_flight_once(self):
        upstream = self.upstream(lambda q, _: (0.3, reply_to(q, ("A", GOOD))))
        self.started(serve(config(servers=["127.0.0.5"])))
        got = []

        def client(number):
            got.append(records(ask("popular.example", transport="tcp" if number % 5 == 0 else "udp"), "A"))

        clients = [threading.Thread(target=client, args=(number,)) for number in range(50)]
        for thread in clients:
            thread.start()
        for thread in clients:
            thread.join()
        self.assertEqual(got, [[GOOD]] * 50)
        asked = upstream.asked("popular.example.")
        self.note(f"50 clients, asked upstream: {asked}")
        self.assertLessEqual(len(asked), 2, "one query, and a retransmission at most")

    def test_truncated_reply_is_asked_again_over_tcp(self):
        def script(query, transport):
            reply = reply_to(query, *(("A", f"192.0.2.{n}") for n in range(1, 4)))
            if transport == "udp":
                reply.answer.clear()
                reply.flags |= dns.flags.TC
            return 0, reply

        upstream = self.upstream(script)
        self.started(serve(config(servers=["127.0.0.5"])))
        reply = ask("big.example")
        self.assertEqual(len(records(reply, "A")), 3)
        self.assertFalse(flag(reply, "TC"))
        transports = [line.split()[2] for line in upstream.asked("big.example.")]
        self.assertEqual(transports, ["udp", "tcp"])

    def test_server_that_knows_no_edns(self):
        def script(query, _):
            if query.edns >= 0:
                reply = dns.message.make_response(query)
                reply.use_edns(False)
                reply.set_rcode(dns.rcode.FORMERR)
                return 0, reply
            return good(query)

        self.upstream(script)
        self.started(serve(config(servers=["127.0.0.5"])))
        self.assertEqual(records(ask("old.example"), "A"), [GOOD])

    def forged_first(self, forge):
        """Somebody sends a forgery before upstream's reply; over TCP, where nobody can, there is none."""

        def script(query, transport):
            if transport == "tcp":
                return good(query)
            forgery = forge(reply_to(query, ("A", FORGED)), query)
            return [(0, forgery), (0.5, reply_to(query, ("A", GOOD)))]

        self.upstream(script)
        self.started(serve(config(servers=["127.0.0.5"])))
        self.assertEqual(records(ask("target.example"), "A"), [GOOD])

    def test_reply_with_a_wrong_id_is_not_believed(self):
        def forge(forgery, _):
            forgery.id ^= 1
            return forgery.to_wire()

        self.forged_first(forge)

    def test_reply_to_another_question_is_not_believed(self):
        def forge(_, query):
            other = dns.message.make_query("other.example", "A", id=query.id)
            return reply_to(other, ("A", FORGED)).to_wire()

        self.forged_first(forge)

    def test_reply_in_other_letters_is_not_believed(self):
        def forge(forgery, _):
            wire = bytearray(forgery.to_wire())
            wire[13] ^= 0x20  # the first letter of the question
            return bytes(wire)

        self.forged_first(forge)

    def test_reply_that_is_a_query_is_not_believed(self):
        def forge(forgery, _):
            forgery.flags &= ~dns.flags.QR
            return forgery.to_wire()

        self.forged_first(forge)

    def test_refusing_and_lame_answers_become_servfail(self):
        def script(query, _):
            return 0, reply_to(query, rcode=dns.rcode.REFUSED)

        self.upstream(script)
        self.started(serve(config(servers=["127.0.0.5"])))
        self.assertEqual(rcode(ask("refused.example")), "SERVFAIL")

    def test_stale_answer_serves_while_upstream_is_gone(self):
        upstream = self.upstream(lambda q, _: (0, reply_to(q, ("A", GOOD), ttl=1)))
        self.started(serve(config(servers=["127.0.0.5"])))
        first = ask("short-lived.example")
        self.assertEqual(first.answer[0].ttl, 1)
        upstream.stop()

        def stale():
            reply = ask("short-lived.example", edns=1232)
            codes = [int(option.code) for option in reply.options if int(option.otype) == 15]
            return reply if 3 in codes else None

        reply = until(stale, "an answer marked as stale (EDE 3)")
        self.assertEqual(records(reply, "A"), [GOOD])
        self.assertLessEqual(reply.answer[0].ttl, 30)


if __name__ == "__main__":
    case.main()
