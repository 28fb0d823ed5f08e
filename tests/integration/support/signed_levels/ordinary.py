"""What every zone of a signed world holds, and what is asked about it."""

from support.signed_levels.world import SECURE

BODY = """a A 192.0.2.4
@ MX 10 mail
@ TXT "v=spf1 -all"
www A 192.0.2.1
www TXT "www"
mail A 192.0.2.2
alias CNAME www
*.wild TXT "wild"
host.room.ent A 192.0.2.3
"""

# word: (name within the zone, type, response code)
QUESTIONS = {
    "soa": ("", "SOA", "NOERROR"),
    "ns": ("", "NS", "NOERROR"),
    "mx": ("", "MX", "NOERROR"),
    "dnskey": ("", "DNSKEY", "NOERROR"),
    "ds": ("", "DS", "NOERROR"),
    "www": ("www.", "A", "NOERROR"),
    "text": ("www.", "TXT", "NOERROR"),
    "nodata": ("www.", "AAAA", "NOERROR"),
    "alias": ("alias.", "A", "NOERROR"),
    "absent": ("absent.", "A", "NXDOMAIN"),
    "wild": ("any.wild.", "TXT", "NOERROR"),
    "ent": ("ent.", "TXT", "NOERROR"),
}
OF_THE_ZONE = frozenset(QUESTIONS) - {"ds"}  # the parent answers for DS
NEGATIVE = frozenset({"nodata", "absent", "ent"})


def expect(world, origin, rest=SECURE, ds=SECURE, **others):
    """Asks everything: answers are `rest`, but those of `others`, {status: words}, and that about DS."""
    by_word = {word: status for status, words in others.items() for word in words}
    for word, (prefix, kind, rcode) in QUESTIONS.items():
        status = ds if word == "ds" else by_word.get(word, rest)
        world.expect(prefix + origin, kind, status, rcode)


def add(world, origin, holder, recipe=None, damage=None, body=BODY):
    """A zone with the ordinary body, signed if there is a recipe."""
    zone = world.add(origin, holder, body)
    if recipe:
        world.sign(origin, recipe, damage)
    return zone
