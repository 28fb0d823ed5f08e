"""A root zone with keys of its own, signed by ldns."""

import time

from support import sandbox

ZONE = """. 86400 IN SOA ns.nic.lab. hostmaster.nic.lab. 1 7200 900 1209600 300
. 86400 IN NS ns.nic.lab.
ns.nic.lab. 86400 IN A 127.0.0.2
www.lab. 300 IN A 192.0.2.1
"""
DAY = 86_400


class Key:
    """A key-signing key of the root."""

    def __init__(self, folder):
        name = sandbox.run("sh", "-c", f"cd {folder} && ldns-keygen -a ECDSAP256SHA256 -k .").strip()
        self.path = folder / name
        self.tag = int(name.rpartition("+")[2])
        record = (folder / f"{name}.key").read_text()
        self.rdata = record.partition("DNSKEY")[2].partition(";")[0].strip()
        self._record = record

    def revoke(self):
        """What is signed with it from now on says so."""
        sandbox.run("ldns-revoke", f"{self.path}.key")

    def unrevoke(self):
        """As whoever stole it would."""
        self.path.with_name(f"{self.path.name}.key").write_text(self._record)

    def state(self, state="valid", since="2026-01-01T00:00:00Z"):
        """Its line in the file that keeps the root's keys."""
        return f"{self.tag} {state} since {since} DNSKEY {self.rdata}\n"


def state_file(*lines):
    """The whole of that file."""
    return "shirube-anchors 1\n" + "".join(lines) + f"end {len(lines)}\n"


def utc(seconds):
    """As 2026-12-24T00:00:00Z."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def signed(keys, days=90):
    """The path of the zone, signed by all of `keys` from yesterday on."""
    folder = sandbox.directory("root")
    zone = folder / "root.zone"
    zone.write_text(ZONE)
    now = int(time.time())
    times = ["-i", time.strftime("%Y%m%d%H%M%S", time.gmtime(now - DAY))]
    times += ["-e", time.strftime("%Y%m%d%H%M%S", time.gmtime(now + days * DAY))]
    output = folder / "root.signed"
    sandbox.run("ldns-signzone", *times, "-o", ".", "-f", output, zone, *[key.path for key in keys])
    return output
