"""Unpatched qmail behind Shirube with the shipped preset: the mails go out that it defers elsewhere.

qmail_elsewhere_test.py runs the same client on the same domains behind BIND and unbound, where it defers.
"""

from support import case, servers
from support.dns_client import qmail_lookup, use_name_server
from support.shirube import PRESETS, Shirube, answers_anything, preset_overrides

LISTEN = ("127.0.0.1:53", "[::1]:53")


class Qmail(case.TestCase):
    def setUp(self):
        self.started(servers.named_authority())
        preset = (PRESETS / "qmail.toml").read_text()
        server = self.started(Shirube(preset, *preset_overrides(["127.0.0.2"], LISTEN)))
        server.ready(answers_anything)

    def delivers(self, step, name):
        outcome = qmail_lookup(step, name)
        self.note(f"{step} {name}: {outcome.text.strip().replace(chr(10), '; ')}")
        self.assertTrue(outcome.delivers, outcome.text)
        return outcome

    def test_delivers_over_ipv4(self):
        use_name_server("127.0.0.1")
        self.delivers("cname", "signed.example")
        self.delivers("mx", "signed.example")
        self.delivers("cname", "many-mx.example")
        many = self.delivers("mx", "many-mx.example")
        self.assertRegex(many.text, r"exchangers: (1[0-9]|2[0-4]), addresses: (1[0-9]|2[0-4])")
        self.delivers("cname", "small.example")
        self.delivers("mx", "small.example")
        self.delivers("mx", "dual.example")

    def test_delivers_over_ipv6(self):
        use_name_server("::1")
        self.delivers("cname", "signed.example")
        self.delivers("mx", "many-mx.example")

    def test_alias_is_followed(self):
        use_name_server("127.0.0.1")
        outcome = self.delivers("cname", "www.small.example")
        self.assertIn("canonical name: small.example", outcome.text)

    def test_repeated_lookups_come_from_the_cache_and_still_fit(self):
        use_name_server("127.0.0.1")
        for _ in range(3):
            self.delivers("cname", "signed.example")
            self.delivers("mx", "many-mx.example")


if __name__ == "__main__":
    case.main()
