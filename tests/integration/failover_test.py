"""Upstream servers that are dead, silent or lame: an answer in time, or SERVFAIL that says why."""

from support import case, servers
from support.dns_client import ask, extended_errors, rcode, records
from support.scripted_upstream import ScriptedUpstream, reply_to
from support.shirube import config, serve
from support.waiting import until

DEADLINE = 4.5
SLACK = 0.4  # a busy machine
DEAD = "127.0.0.99"  # nobody listens: ICMP says so at once
SILENT = "127.0.0.6"
NETWORK_ERROR, NO_REACHABLE_AUTHORITY = 23, 22


class Failover(case.TestCase):
    def silent(self, address=SILENT):
        return self.started(ScriptedUpstream(lambda *_: None, address=address))

    def answered_in_time(self, count=5):
        for number in range(count):
            name = f"host-{number}.example"
            reply = ask(name)
            self.assertEqual(records(reply, "A"), ["192.0.2.1"])
            self.note(f"{name}: {reply.seconds:.3f} s")
            self.assertLess(reply.seconds, DEADLINE + SLACK)

    def good(self):
        return self.started(ScriptedUpstream(lambda q, _: (0, reply_to(q, ("A", "192.0.2.1")))))

    def test_dead_server_fails_over_at_once(self):
        self.good()
        self.started(serve(config(servers=[DEAD, "127.0.0.5"])))
        self.answered_in_time()

    def test_silent_server(self):
        self.silent()
        self.good()
        self.started(serve(config(servers=[SILENT, "127.0.0.5"])))
        self.answered_in_time()

    def test_dead_and_silent_before_the_good_one(self):
        self.silent()
        self.good()
        self.started(serve(config(servers=[DEAD, SILENT, "127.0.0.5"])))
        self.answered_in_time()

    def test_server_that_says_servfail(self):
        self.started(ScriptedUpstream(lambda q, _: (0, reply_to(q, rcode=2)), address=SILENT))
        self.good()
        self.started(serve(config(servers=[SILENT, "127.0.0.5"])))
        self.answered_in_time()

    def test_slow_server_is_waited_for(self):
        self.started(ScriptedUpstream(lambda q, _: (1.0, reply_to(q, ("A", "192.0.2.1")))))
        self.started(serve(config(servers=["127.0.0.5"])))
        self.answered_in_time(count=3)

    def failed_in_time(self, name, transport):
        reply = ask(name, edns=1232, transport=transport)
        self.note(
            f"{name} over {transport}: {rcode(reply)}, EDE {extended_errors(reply)}, {reply.seconds:.3f} s"
        )
        self.assertEqual(rcode(reply), "SERVFAIL")
        self.assertLess(reply.seconds, DEADLINE + SLACK)
        self.assertTrue({NETWORK_ERROR, NO_REACHABLE_AUTHORITY} & set(extended_errors(reply)), reply)

    def test_all_dead(self):
        self.started(serve(config(servers=[DEAD, "127.0.0.98"])))
        for transport in ("udp", "tcp"):
            self.failed_in_time(f"{transport}.example", transport)

    def test_all_silent(self):
        self.silent()
        self.started(serve(config(servers=[SILENT])))
        for transport in ("udp", "tcp"):
            self.failed_in_time(f"{transport}.example", transport)

    def test_any_and_alias_questions_fail_in_time_too(self):
        self.silent()
        self.started(serve(config(servers=[SILENT])))
        reply = ask("any.example", "ANY", edns=1232)
        self.assertEqual(rcode(reply), "SERVFAIL")
        self.assertLess(reply.seconds, DEADLINE + SLACK)

    def test_server_that_returns_is_used_again(self):
        self.started(serve(config(servers=[DEAD])))
        self.assertEqual(rcode(ask("small.example")), "SERVFAIL")
        self.started(servers.nsd(address=DEAD))
        until(
            lambda: records(ask("small.example"), "A") == ["192.0.2.30"],
            "the server is asked again: a failure is remembered for seconds, not minutes",
        )


if __name__ == "__main__":
    case.main()
