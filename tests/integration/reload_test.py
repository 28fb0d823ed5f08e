"""SIGHUP: the new configuration works, the cache stays, and a broken file changes nothing but the log."""

from support import case, servers
from support.dns_client import ask, answers, flag, rcode, records
from support.scripted_upstream import ScriptedUpstream, reply_to
from support.shirube import config, serve
from support.waiting import until

IPV4_ONLY = '[policy]\nprofile = "ipv4-only"\nipv4-only = "on"\n'


def has_aaaa(name="dual.example"):
    return bool(records(ask(name, "AAAA"), "AAAA"))


class Reload(case.TestCase):
    def test_cache_stays(self):
        upstream = self.started(servers.nsd())
        server = self.started(serve(config()))
        self.assertTrue(answers("many-mx.example", "MX", transport="tcp"))
        self.assertTrue(answers("dual.example", "AAAA"))
        upstream.stop()
        server.configure(config(extra='[log]\nlevel = "debug"\n'))
        server.reload()
        until(lambda: server.lines("reload"), "the reload is logged")
        self.assertEqual(len(records(ask("many-mx.example", "MX", transport="tcp"), "MX")), 24)
        self.assertTrue(has_aaaa())

    def test_new_policy_works_on_what_is_cached(self):
        upstream = self.started(servers.nsd())
        server = self.started(serve(config()))
        self.assertTrue(has_aaaa())
        upstream.stop()
        server.configure(config(extra=IPV4_ONLY))
        server.reload()
        until(lambda: not has_aaaa(), "AAAA is gone under the new profile")
        server.configure(config())
        server.reload()
        until(has_aaaa, "AAAA is back under the old profile, out of the cache")

    def test_new_forward_works(self):
        first = self.started(ScriptedUpstream(lambda q, _: (0, reply_to(q, ("A", "192.0.2.1")))))
        second = self.started(
            ScriptedUpstream(lambda q, _: (0, reply_to(q, ("A", "192.0.2.2"))), address="127.0.0.6")
        )
        server = self.started(serve(config(servers=[first.endpoint])))
        self.assertEqual(records(ask("a.example"), "A"), ["192.0.2.1"])
        server.configure(config(servers=[second.endpoint]))
        server.reload()
        counter = iter(range(10_000))
        until(
            lambda: records(ask(f"n{next(counter)}.example"), "A") == ["192.0.2.2"], "the new server is asked"
        )

    def test_broken_file_leaves_the_old_configuration_running(self):
        self.started(servers.nsd())
        server = self.started(serve(config(extra=IPV4_ONLY)))
        self.assertFalse(has_aaaa())
        for broken, words in (
            (config(extra='[cache]\nsise = "1MiB"\n'), ("sise", "cache.size")),
            (config(extra="[policy\n"), ("shirube.toml:", "not TOML")),
            (config(extra='[policy]\nprofile = "no-such"\n'), ("no-such",)),
        ):
            server.configure(broken)
            server.reload()
            until(lambda: server.lines(*words), f"the log says what is wrong: {words}")
            self.assertTrue(server.running(), server.output())
            self.assertFalse(has_aaaa(), "the old profile still holds")
            self.assertEqual(rcode(ask("small.example")), "NOERROR")
        self.note(server.lines("sise")[0])

    def test_clients_are_served_throughout(self):
        self.started(servers.nsd())
        server = self.started(serve(config()))
        for _ in range(20):
            server.reload()
            for transport in ("udp", "tcp"):
                reply = ask("small.example", "A", transport=transport)
                self.assertEqual(records(reply, "A"), ["192.0.2.30"])
                self.assertFalse(flag(reply, "TC"))


if __name__ == "__main__":
    case.main()
