"""The root's keys over years: a new one is trusted after thirty days, over restarts; the old one may go then."""

import os
import time

import dns.flags

from support import case, sandbox, servers
from support.dns_client import ask, flag, query, rcode, records
from support.shirube import USER, config, serve
from support.signed_root import DAY, Key, signed, state_file, utc
from support.waiting import until


class RootKeys(case.TestCase):
    def setUp(self):
        folder = sandbox.directory("keys")
        self.old, self.new = Key(folder), Key(folder)
        self.home = sandbox.directory("state", owner=USER)
        self.file = self.home / "root.anchors"

    def dnssec(self, later=0):
        at = utc(time.time() + later * DAY)
        return f'[dnssec]\nanchor-state = "{self.file}"\nvalidation-time = "{at}"\n'

    def serve(self, later=0):
        """Shirube as it would be so many days from now."""
        return self.started(serve(config(dnssec=self.dnssec(later))))

    def state(self, key):
        """What the file says of a key; None when it says nothing."""
        words = [line.split() for line in self.file.read_text().splitlines()]
        return next((word[1] for word in words if word[0] == str(key.tag)), None)

    def answers_authentically(self):
        reply = ask("www.lab", "A", edns=1232, dnssec=True)
        self.assertEqual(records(reply, "A"), ["192.0.2.1"])
        return flag(reply, "AD")

    def test_key_rolls_over(self):
        self.file.write_text(state_file(self.old.state()))
        root = self.started(servers.nsd(files={".": signed([self.old, self.new])}))
        server = self.serve()
        self.assertTrue(self.answers_authentically())
        until(lambda: self.state(self.new) == "pending", "the new key is noticed")
        self.assertEqual(self.state(self.old), "valid")
        server.stop()

        server = self.serve(later=31)
        until(lambda: self.state(self.new) == "valid", "the new key is trusted")
        self.assertTrue(server.lines("a new root key is trusted from now on", f"key={self.new.tag}"))
        server.stop()
        root.stop()

        self.started(servers.nsd(files={".": signed([self.new])}))
        self.serve(later=32)
        self.assertTrue(self.answers_authentically())
        until(lambda: self.state(self.old) == "missing", "the old key is missed")

    def test_key_is_revoked(self):
        self.file.write_text(state_file(self.old.state(), self.new.state()))
        self.old.revoke()
        root = self.started(servers.nsd(files={".": signed([self.old, self.new])}))
        server = self.serve()
        self.assertTrue(self.answers_authentically())
        until(lambda: server.lines("a root key was revoked", f"key={self.old.tag}"), "the key is revoked")
        self.assertEqual(self.state(self.old), "revoked")
        server.stop()
        root.stop()

        # Who has stolen it gets nowhere.
        self.old.unrevoke()
        self.started(servers.nsd(files={".": signed([self.old])}))
        self.serve()
        self.assertEqual(rcode(ask("www.lab", "A")), "SERVFAIL")

    def test_reload_turns_validation_on(self):
        self.file.write_text(state_file(self.old.state()))
        self.started(servers.nsd(files={".": signed([self.old])}))
        server = self.started(serve(config()))
        self.assertFalse(self.answers_authentically())
        server.configure(config(dnssec=self.dnssec()))
        server.reload()
        until(lambda: server.lines("reload", "in force"), "the reload is logged")
        until(lambda: "20326 missing" in self.file.read_text(), "the root's keys are followed")

    def test_key_that_nobody_introduced_is_not_believed(self):
        self.file.write_text(state_file(self.old.state()))
        self.started(servers.nsd(files={".": signed([self.new])}))
        self.serve()
        self.assertEqual(rcode(ask("www.lab", "A")), "SERVFAIL")
        self.assertIsNone(self.state(self.new))

    def test_root_is_authentic_from_the_first_question(self):
        """Postfix asks so whether its resolver validates, before it believes a TLSA record."""
        self.file.write_text(state_file(self.old.state()))
        self.started(servers.nsd(files={".": signed([self.old])}))
        self.serve()
        for wanted in ("RD AD", "RD"):
            reply = ask(".", "NS", message=query(".", "NS", flags=dns.flags.from_text(wanted)))
            self.assertEqual(records(reply, "NS"), ["ns.nic.lab."])
            self.assertEqual(flag(reply, "AD"), wanted == "RD AD")
            self.assertEqual(records(reply, "RRSIG"), [])

    def test_directory_that_is_not_ours(self):
        os.chown(self.home, 0, 0)
        self.file.write_text(state_file(self.old.state()))
        self.started(servers.nsd(files={".": signed([self.old, self.new])}))
        server = self.serve()
        self.assertTrue(self.answers_authentically())
        warnings = until(lambda: server.lines("warning", "root_keys"), "the file cannot be written")
        self.assertEqual(len(warnings), 1)
        self.assertIn("going on without it", warnings[0])


if __name__ == "__main__":
    case.main()
