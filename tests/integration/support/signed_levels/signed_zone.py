"""A signed zone as something that can be spoilt: records taken out, changed, signed again otherwise."""

import struct
import time

import dns.dnssec
import dns.name
import dns.rdataset
import dns.rdatatype
import dns.zone
from dns.rdataclass import IN
from dns.rdatatype import DNSKEY, RRSIG
from dns.rdtypes.ANY.RRSIG import RRSIG as Signature

from support.zone_signing import DAY


class SignedZone:
    """`signers` are the DS records that the parent will have. Names are given relative to the origin."""

    def __init__(self, origin, text, recipe):
        self._zone = dns.zone.from_text(text, origin=origin, relativize=False, check_origin=False)
        self._recipe = recipe
        self.origin = origin
        self.entry_key, self.zone_key = recipe.keys()
        self.signers = [self.entry_key.signer(origin)]

    def text(self):
        return self._zone.to_text(relativize=False, want_origin=True)

    def name(self, label):
        return dns.name.from_text(f"{label}.{self.origin}" if label else self.origin)

    @staticmethod
    def days(count):
        """A time so many days from now, as RRSIG has it."""
        return int(time.time()) + count * DAY

    def rrset(self, label, kind):
        """The data, as dnspython has it: to be changed through put()."""
        return self._zone.find_rdataset(self.name(label), kind)

    def put(self, label, kind, rdatas, ttl=None):
        ttl = self.rrset(label, kind).ttl if ttl is None else ttl
        self._zone.replace_rdataset(self.name(label), dns.rdataset.from_rdata_list(ttl, list(rdatas)))

    def change(self, label, kind, **fields):
        """Other fields in every record of an RRset, whose signature stays."""
        self.put(label, kind, [rdata.replace(**fields) for rdata in self.rrset(label, kind)])

    def drop(self, label, kind):
        """An RRset with its signatures."""
        self._zone.delete_rdataset(self.name(label), kind)
        self.drop_signatures(label, kind)

    def drop_signatures(self, label, kind):
        self._zone.delete_rdataset(self.name(label), RRSIG, covers=dns.rdatatype.from_text(kind))

    def drop_everywhere(self, *kinds):
        """All RRsets of `kinds`, and the signatures over them; RRSIG itself is a kind, too."""
        unwanted = {dns.rdatatype.from_text(kind) for kind in kinds}
        for node in self._zone.nodes.values():
            kept = [found for found in node.rdatasets if not {found.rdtype, found.covers} & unwanted]
            node.rdatasets = kept

    def unsign(self):
        self.drop_everywhere("RRSIG", "DNSKEY", "NSEC", "NSEC3", "NSEC3PARAM")

    def change_signatures(self, label, kind, change):
        """change(RRSIG data) -> RRSIG data, for every signature over an RRset."""
        found = self._zone.find_rdataset(self.name(label), RRSIG, covers=dns.rdatatype.from_text(kind))
        changed = dns.rdataset.from_rdata_list(found.ttl, [change(rdata) for rdata in found])
        self._zone.replace_rdataset(self.name(label), changed)

    def sign(self, label, kind, key=None, **fields):
        """The one signature over an RRset, genuine as to its own fields, whatever `fields` says of them."""
        key = key or (self.entry_key if kind == "DNSKEY" else self.zone_key)
        found, owner = self.rrset(label, kind), self.name(label)
        stated = {
            "algorithm": key.record.algorithm,
            "labels": len(owner.labels) - 1 - owner.is_wild(),
            "original_ttl": found.ttl,
            "expiration": self.days(self._recipe.end),
            "inception": self.days(self._recipe.start),
            "key_tag": key.tag,
            "signer": dns.name.from_text(self.origin),
        } | fields
        template = Signature(IN, RRSIG, found.rdtype, **stated, signature=b"")
        signature = template.replace(signature=key.sign(_signed_data(owner, found, template)))
        self._zone.replace_rdataset(owner, dns.rdataset.from_rdata(found.ttl, signature))

    def labels_with(self, kind):
        """The names, relative to the origin, that have an RRset of this type."""
        wanted, origin = dns.rdatatype.from_text(kind), dns.name.from_text(self.origin)
        return [
            name.relativize(origin).to_text().lower() if name != origin else ""
            for name, node in self._zone.nodes.items()
            if node.get_rdataset(IN, wanted)
        ]

    def nsec3_of(self, label):
        """The label of the NSEC3 record of a name that exists, or of that which denies one that does not."""
        chain = sorted(self.labels_with("NSEC3"))
        any_one = self.rrset(chain[0], "NSEC3")[0]
        wanted = dns.dnssec.nsec3_hash(self.name(label), any_one.salt.hex(), any_one.iterations, 1).lower()
        below = [found for found in chain if found <= wanted]
        return (below or chain)[-1]

    def renumber(self, algorithm):
        """Another algorithm's number in all keys and signatures, which stay as they are."""
        for node in self._zone.nodes.values():
            node.rdatasets = [_renumbered(found, algorithm) for found in node.rdatasets]

    def rename(self, label, other):
        """Everything at one name stands at another instead."""
        self._zone.nodes[self.name(other)] = self._zone.nodes.pop(self.name(label))


def _renumbered(rdataset, algorithm):
    if rdataset.rdtype not in (RRSIG, DNSKEY):
        return rdataset
    changed = [found.replace(algorithm=algorithm) for found in rdataset]
    return dns.rdataset.from_rdata_list(rdataset.ttl, changed)


def _signed_data(owner, rdataset, template):
    """RFC 4034 section 3.1.8.1."""
    if template.labels < len(owner.labels) - 1:
        owner = dns.name.Name((b"*", *owner.labels[-template.labels - 1 :]))
    head = struct.pack("!HHI", rdataset.rdtype, rdataset.rdclass, template.original_ttl)
    head = owner.to_digestable() + head
    datas = sorted(rdata.to_digestable() for rdata in rdataset)
    return template.to_digestable() + b"".join(head + struct.pack("!H", len(data)) + data for data in datas)
