"""The right answer to a question, read off the zone files as RFC 1034 section 4.3.2 and RFC 6672 say."""

import dns.name
import dns.rdataclass
import dns.rdatatype
import dns.zone
from dns.rdataclass import IN

from support.three_levels.asking import Answer, rrset

MOST_LINKS = 20
FAILURE = Answer("SERVFAIL", frozenset())
_STAR = dns.name.Name([b"*"])


class _Zone:
    def __init__(self, origin, text):
        zone = dns.zone.from_text(text, origin=origin, relativize=False, check_origin=False)
        self.origin = zone.origin
        self._nodes = dict(zone.nodes)
        self._inner = {above for name in self._nodes for above in _between(name, self.origin)}

    def sets(self, name):
        """{type: RRset data} of a name; {} of an empty non-terminal, None of a name that does not exist."""
        if name in self._nodes:
            return {dns.rdatatype.to_text(found.rdtype): found for found in self._nodes[name]}
        return {} if name in self._inner else None

    def wildcard(self, name):
        """As sets(), of the wildcard that stands for a name that does not exist."""
        while self.sets(name) is None:
            name = name.parent()
        return self.sets(_STAR + name)

    def dname(self, name):
        """(owner, RRset data) of the DNAME above `name`, or None."""
        for owner in _between(name, self.origin):
            sets = self.sets(owner) or {}
            if "DNAME" in sets:
                return owner, sets["DNAME"]
        return None


def _between(name, origin):
    """The names above `name`, up to and with `origin`."""
    while name != origin:
        name = name.parent()
        yield name


class Truth:
    def __init__(self, world):
        self._zones = {
            dns.name.from_text(origin): _Zone(origin, text) for origin, text in world.texts().items()
        }
        self._broken = {
            dns.name.from_text(origin) for origin, zone in world.zones.items() if not zone.resolvable
        }

    def answer(self, name, kind):
        """What a resolver has to say. ANY: everything at the name; a subset is right as well (RFC 8482)."""
        name = dns.name.from_text(name)
        found = set()
        for _ in range(MOST_LINKS):
            code, alias = self._step(name, kind, found)
            if alias is None:
                return Answer(code, frozenset(found)) if code != "SERVFAIL" else FAILURE
            name = alias
        return FAILURE  # a loop

    def _step(self, name, kind, found):
        """Adds what `name` has to `found`: (response code, where its alias leads or None)."""
        zone = self._zone_of(name, kind)
        if zone is None:
            return "SERVFAIL", None
        if above := zone.dname(name):
            alias = self._through_dname(name, *above, found)
            return alias if kind not in ("CNAME", "ANY") else (alias[0], None)  # the CNAME is the answer
        sets = zone.sets(name)
        if sets is None:
            sets = zone.wildcard(name)
        if sets is None:
            return "NXDOMAIN", None
        for present, data in sets.items():
            if kind in (present, "ANY"):
                found.add(rrset(name, present, data))
        if "CNAME" in sets and kind not in ("CNAME", "ANY"):
            found.add(rrset(name, "CNAME", sets["CNAME"]))
            return "NOERROR", sets["CNAME"][0].target
        return "NOERROR", None

    def _through_dname(self, name, owner, data, found):
        found.add(rrset(owner, "DNAME", data))
        try:
            target = name.relativize(owner) + data[0].target
        except dns.name.NameTooLong:
            return "YXDOMAIN", None
        alias = dns.rdata.from_text(IN, dns.rdatatype.CNAME, target.to_text())
        found.add(rrset(name, "CNAME", [alias]))
        return "NOERROR", target

    def _zone_of(self, name, kind):
        """The zone that answers; None when it or one above it cannot be reached."""
        above = [name, *_between(name, dns.name.root)]
        origins = [origin for origin in above if origin in self._zones]
        if kind == "DS" and len(origins) > 1 and origins[0] == name:
            origins = origins[1:]  # a DS is the parent's to say (RFC 4035 section 3.1.4.1)
        return None if self._broken.intersection(origins) else self._zones[origins[0]]
