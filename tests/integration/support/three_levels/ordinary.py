"""Everyday zones, as many as wanted: the same ones for the same seed.

Their name servers are what one meets: own names with glue, names of one hosting company, names of two
companies, or own names on two different programs.
"""

import random

HOLDERS = ("nsd-zones", "knot-zones")
ZONES_A_COMPANY = 25


def _address(number):
    return f"192.0.{2 + number // 250 % 250}.{number % 250 + 1}"


def _body(number, origin, other):
    """`other`: the origin of a zone that this one's aliases and backup mail host lie in."""
    return f"""@ A {_address(number)}
@ MX 10 mail
@ MX 20 mail.{other}
@ TXT "v=spf1 ip4:{_address(number)} include:_spf.{other} -all"
@ TXT "site-verification={number:08x}"
www A {_address(number)}
www A {_address(number + 1)}
www AAAA 2001:db8::{number + 1:x}
mail A {_address(number + 2)}
mail AAAA 2001:db8:1::{number + 1:x}
_dmarc TXT "v=DMARC1; p=none; rua=mailto:dmarc@{origin}"
_spf TXT "v=spf1 ip4:{_address(number + 2)} -all"
ftp CNAME www
out CNAME www.{other}
news CNAME ftp.{other}
*.wild A {_address(number + 3)}
*.wild MX 10 mail
host.room.ent A {_address(number + 4)}
"""


class Companies:
    """Hosting companies: zones whose names serve others."""

    def __init__(self, world, tlds, count):
        self._world = world
        self._names = {}
        for number in range(count):
            origin = f"host-{number}.{tlds[number // 2 % len(tlds)]}"
            holder = HOLDERS[number % 2]
            world.add(origin, holder, f"www A {_address(number)}")
            self._names.setdefault(holder, []).append(origin)

    def servers(self, draw, *holders):
        """{name: ()} of two name servers: both of one company, or one each of two."""
        if len(holders) == 1:
            company = draw.choice(self._names[holders[0]])
            return {f"ns1.{company}": (), f"ns2.{company}": ()}
        return {f"ns1.{draw.choice(self._names[holder])}": () for holder in holders}


def add_zones(world, tlds, count, seed):
    """Adds `count` zones, companies included; gives back the origins of those that are not companies."""
    draw = random.Random(seed)
    companies = Companies(world, tlds, max(4, count // ZONES_A_COMPANY))
    origins = [
        f"zone-{number}.{draw.choice(tlds)}" for number in range(count - max(4, count // ZONES_A_COMPANY))
    ]
    for number, origin in enumerate(origins):
        body = _body(number, origin, draw.choice(origins))
        holder = HOLDERS[number % 2]
        match draw.choices(["own", "company", "two companies", "two programs"], [4, 3, 2, 1])[0]:
            case "own":
                world.add(origin, holder, body)
            case "company":
                world.add(origin, holder, body, companies.servers(draw, holder))
            case "two companies":
                world.add(origin, HOLDERS, body, companies.servers(draw, *HOLDERS))
            case "two programs":
                world.add(origin, HOLDERS, body)
    return origins


EVERYTHING = (
    ("", ("A", "AAAA", "MX", "TXT", "NS", "SOA", "DS", "CAA")),
    ("www.", ("A", "AAAA", "MX")),
    ("mail.", ("A", "AAAA")),
    ("ftp.", ("A", "CNAME")),
    ("out.", ("A", "AAAA", "CNAME")),
    ("news.", ("A",)),
    ("some.wild.", ("A", "MX", "TXT")),
    ("ent.", ("A",)),
    ("room.ent.", ("TXT",)),
    ("host.room.ent.", ("A",)),
    ("absent.", ("A",)),
    ("absent.www.", ("A",)),
)

# What a mail host and a web proxy ask.
EVERYDAY = (
    ("", ("A", "MX", "TXT")),
    ("www.", ("A", "AAAA")),
    ("mail.", ("A",)),
    ("_dmarc.", ("TXT",)),
    ("out.", ("A",)),
    ("absent.", ("A",)),
)


def questions(origins, kinds):
    """Every question of `kinds` about each of the zones."""
    return [(prefix + origin, kind) for origin in origins for prefix, types in kinds for kind in types]
