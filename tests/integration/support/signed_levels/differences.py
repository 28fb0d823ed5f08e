"""Where validators differ from Shirube: each such question has to be in EXPECTED, with the reason."""

from support.signed_levels.broken import ITERATIONS
from support.three_levels.differences import NAMED, UNBOUND, Expected

DELV, TABLE, AUTHORITIES = "delv", "the table", "authorities"
OF_BIND, EVERYBODY = (NAMED, DELV), (UNBOUND, NAMED, DELV)
OF_THE_ZONE = ("SOA", "NS", "MX", "DNSKEY", "A", "TXT", "AAAA")


def everywhere(zone, peers, reason, kinds=OF_THE_ZONE):
    return names(f"*{zone}.alpha.", peers, reason, kinds)


def names(pattern, peers, reason, kinds):
    return [Expected(peer, pattern, kinds, reason) for peer in peers]


def denied(zone, peers, reason, but=""):
    """All answers that need a denial: of a type, of a name, of what is closer than a wildcard."""
    questions = {"www": "AAAA", "absent": "A", "any.wild": "TXT", "ent": "TXT"}
    return [
        Expected(peer, f"{label}.{zone}.alpha.", (kind,), reason)
        for label, kind in questions.items()
        for peer in peers
        if label != but and (peer != DELV or kind == "A")
    ]


# delv is asked for A records alone.
_SHA1 = "RSA/SHA-1 makes a zone as good as unsigned (RFC 9905 section 2); they still verify it"
_PEERS_LIMIT = 150
# A machine without Debian's security updates has it.
_OLD_BIND = "BIND of 1:9.18.49-1~deb12u1"

EXPECTED = (
    *everywhere("sha1", EVERYBODY, _SHA1),
    *everywhere("sha1-hashed", EVERYBODY, _SHA1),
    *(
        expected
        for count in ITERATIONS
        if count <= _PEERS_LIMIT
        for expected in denied(
            f"nsec3-iterations-{count}",
            EVERYBODY,
            "more than 50 iterations are as good as no proof; they go up to 150 (RFC 9276 section 3.2)",
        )
    ),
    *everywhere(
        "entry-without-zone-flag",
        OF_BIND,
        "a key without the ZONE flag verifies nothing (RFC 4034 section 2.1.1); BIND lets it sign keys",
    ),
    *everywhere(
        "entry-of-other-protocol",
        OF_BIND,
        "the protocol has to be 3 (RFC 4034 section 2.1.2); BIND ignores it",
    ),
    *everywhere(
        "entry-revoked", (UNBOUND,), "a revoked key validates no other record (RFC 5011 section 2.1)"
    ),
    *everywhere("rsa-512", EVERYBODY, "RSA keys under 1024 bits are as good as none: anybody can break them"),
    *denied(
        "nsec3-flags-unknown",
        OF_BIND,
        "NSEC3 records with unknown flags are to be ignored (RFC 5155 section 8.2)",
    ),
    *(
        expected
        for zone in ("soa-unsigned", "soa-flipped")
        for expected in denied(
            zone,
            OF_BIND,
            "an SOA that does not verify is bogus (RFC 4035 section 5.4); BIND gives it out as not authentic",
            but="any.wild",
        )
    ),
    *names(
        "absent.*-opt-out.gamma.",
        (DELV,),
        "what opt-out covers is not authentic (RFC 5155 section 9.2): delv shows the proof's signatures",
        ("A",),
    ),
    *names("absent.parent-knot.beta.", (DELV,), "opt-out, as above", ("A",)),
    *(
        Expected(NAMED, name, ("DS",), "named may forget that the denial was proven", sometimes=True)
        for name in ("plain.*", "sea.alpha.", "no-ds.alpha.", "ds-at-child.alpha.")
    ),
    *(
        Expected(
            peer,
            "*www-labels-more.alpha.",
            ("A",),
            f"{_OLD_BIND} takes a signature that counts more labels than its owner has",
            sometimes=True,
        )
        for peer in OF_BIND
    ),
    Expected(
        NAMED,
        "*.nsec-leaves-zone.alpha.",
        ("A", "TXT"),
        f"{_OLD_BIND} takes an NSEC whose next name is outside the zone, and then denies names by it",
        sometimes=True,
    ),
    *(
        Expected(
            AUTHORITIES,
            f"absent.{zone}.alpha.",
            ("A",),
            "where Knot misses NSEC3 records it answers without AA: such a server is lame (RFC 9499)",
        )
        for zone in ("nsec3-wrong-salt", "nsec3-wrong-iterations", "nsec3-hash-unknown")
    ),
    *names("*.known.sea.alpha.", (DELV,), "delv takes one trust anchor", ("A",)),
)
