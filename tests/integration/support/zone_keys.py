"""Key pairs, made once for each algorithm and lent to every zone: a key does not say whose it is."""

import base64
import dataclasses
import functools

import dns.dnssec
import dns.name
import dns.rdata
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from dns.rdataclass import IN
from dns.rdatatype import DNSKEY

from support import sandbox

RSASHA1, RSASHA1_NSEC3, RSASHA256, RSASHA512 = 5, 7, 8, 10
ECDSA_P256, ECDSA_P384, ED25519, ED448 = 13, 14, 15, 16
RSA = (RSASHA1, RSASHA1_NSEC3, RSASHA256, RSASHA512)
ZONE_FLAG, REVOKE_FLAG, ENTRY_FLAG = 0x100, 0x080, 0x001
_DIGESTS = {1: "SHA1", 2: "SHA256", 4: "SHA384"}


class _EveryDigest(dns.dnssec.Policy):
    def ok_to_create_ds(self, _):
        return True


@dataclasses.dataclass(frozen=True)
class Key:
    """`record`: its DNSKEY. `private`: a .private file, which ldns and BIND both read."""

    record: dns.rdata.Rdata
    private: str

    @property
    def tag(self):
        return dns.dnssec.key_id(self.record)

    def files(self, folder, origin):
        """Writes its two files for a zone, and gives back their path without the suffix."""
        base = folder / f"K{origin}+{self.record.algorithm:03}+{self.tag:05}"
        base.with_name(f"{base.name}.key").write_text(self.line(origin))
        base.with_name(f"{base.name}.private").write_text(self.private)
        return base

    def line(self, origin):
        return f"{origin} IN DNSKEY {self.record.to_text()}\n"

    def signer(self, origin, digest=2):
        """The DS for it."""
        name = dns.name.from_text(origin)
        return dns.dnssec.make_ds(name, self.record, _DIGESTS[digest], policy=_EveryDigest())

    def changed(self, **fields):
        """The same pair under another DNSKEY."""
        return dataclasses.replace(self, record=self.record.replace(**fields))

    def sign(self, data):
        """The signature over `data` as RRSIG has it (RFC 6605 section 4); only of ECDSA P-256."""
        line = next(line for line in self.private.splitlines() if line.startswith("PrivateKey:"))
        number = int.from_bytes(base64.b64decode(line.partition(":")[2]), "big")
        pair = ec.derive_private_key(number, ec.SECP256R1())
        halves = utils.decode_dss_signature(pair.sign(data, ec.ECDSA(hashes.SHA256())))
        return b"".join(half.to_bytes(32, "big") for half in halves)


@functools.cache
def pair(algorithm, bits=2048):
    """The key-signing and the zone-signing key of all zones with this algorithm."""
    return _made(algorithm, bits, ["-k"]), _made(algorithm, bits, [])


NAMES = {
    RSASHA1: "RSASHA1",
    RSASHA1_NSEC3: "RSASHA1-NSEC3-SHA1",
    RSASHA256: "RSASHA256",
    RSASHA512: "RSASHA512",
    ECDSA_P256: "ECDSAP256SHA256",
    ECDSA_P384: "ECDSAP384SHA384",
    ED25519: "ED25519",
    ED448: "ED448",
}


def _made(algorithm, bits, role):
    folder = sandbox.directory("key")
    size = ["-b", str(bits)] if algorithm in RSA else []
    words = ["ldns-keygen", "-a", NAMES[algorithm], *size, *role, "example."]
    base = sandbox.run("sh", "-c", f"cd {folder} && {' '.join(words)}").strip()
    record = (folder / f"{base}.key").read_text().partition("DNSKEY")[2].partition(";")[0]
    return Key(dns.rdata.from_text(IN, DNSKEY, record.strip()), (folder / f"{base}.private").read_text())
