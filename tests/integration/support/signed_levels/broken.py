"""Zones that are broken on purpose: how, and what has to be thought of them.

Each stands below alpha. and is signed as its recipe says before it is spoilt. `bogus` are words of
ordinary.QUESTIONS; all other answers of the zone are as `rest` says. What the parent says of DS is sound.
"""

from dataclasses import dataclass, field, replace

from support import zone_keys
from support.signed_levels import damage, ordinary
from support.signed_levels.ordinary import NEGATIVE, OF_THE_ZONE
from support.zone_signing import BIND, NSEC3, Recipe
from support.signed_levels.world import BOGUS, INSECURE, KNOT_ZONES, NSD_ZONES, SECURE

TLD = "alpha."
HASHED = Recipe(denial=NSEC3)
SALTED = Recipe(BIND, denial=NSEC3, salt="abcd")
OTHER_TEXT = (b"changed",)
ENTRY_REVOKED = damage.ENTRY | zone_keys.REVOKE_FLAG


@dataclass(frozen=True)
class Broken:
    name: str
    damage: object
    bogus: frozenset = frozenset()
    rest: str = SECURE
    recipe: Recipe = field(default_factory=Recipe)
    holder: str = NSD_ZONES


def wholly(name, how=None, recipe=Recipe()):
    return Broken(name, how, OF_THE_ZONE, BOGUS, recipe)


def unprotected(name, how=None, recipe=Recipe()):
    return Broken(name, how, rest=INSECURE, recipe=recipe)


def partly(name, words, how, recipe=Recipe()):
    return Broken(name, how, frozenset(words.split()), recipe=recipe)


def negatives(name, how, recipe=Recipe(), also=()):
    """What does not exist cannot be proven, nor that nothing is closer than a wildcard."""
    return Broken(name, how, NEGATIVE | {"wild"} | set(also), recipe=recipe)


def on_knot(broken):
    """nsd does not survive to load NSEC3 records that are of another kind than NSEC3PARAM says."""
    return replace(broken, holder=KNOT_ZONES)


_TIMES = (
    wholly("expired", recipe=Recipe(start=-40, end=-10)),
    wholly("expired-hashed", recipe=Recipe(BIND, denial=NSEC3, start=-40, end=-10)),
    wholly("not-yet-valid", recipe=Recipe(start=10, end=40)),
    partly("www-expired", "www alias", damage.signed_from_to("www", "A", -40, -10)),
    partly("www-not-yet-valid", "www alias", damage.signed_from_to("www", "A", 10, 40)),
    partly("www-never-valid", "www alias", damage.signed_from_to("www", "A", 10, -10)),
    wholly("keys-expired", damage.signed_from_to("", "DNSKEY", -40, -10)),
    wholly("keys-not-yet-valid", damage.signed_from_to("", "DNSKEY", 10, 40)),
    partly("nsec-expired", "absent", damage.signed_from_to("a", "NSEC", -40, -10)),
)

_DELEGATIONS = (
    wholly("ds-digest-wrong", damage.flipped_digest),
    wholly("ds-tag-wrong", damage.signer(key_tag=1)),
    wholly("ds-algorithm-wrong", damage.signer(algorithm=8)),
    wholly("ds-of-no-key", damage.stranger_signs),
    wholly("ds-of-other-key", damage.signer_of(damage.worker)),
    wholly("ds-but-unsigned", damage.unsigned),
    unprotected("ds-digest-unknown", damage.signer(digest_type=200)),
    unprotected("ds-digest-gost", damage.signer(digest_type=3)),
    unprotected("ds-algorithm-unknown", damage.signer(algorithm=200)),
    unprotected("ds-at-child", damage.signer_at_child),
    unprotected("no-ds", damage.no_signer),
    Broken("ds-digest-4", damage.signer_by_digest(4)),
    Broken("ds-digest-1", damage.signer_by_digest(1)),
    Broken("ds-one-unknown-digest", damage.other_signer(digest_type=200)),
    Broken("ds-one-unknown-algorithm", damage.other_signer(algorithm=200)),
    Broken("ds-one-of-no-key", damage.other_signer(key_tag=1)),
)

_SIGNATURES = (
    partly("www-unsigned", "www alias", damage.signature_dropped("www", "A")),
    # A negative answer lives as long as its SOA says.
    partly("soa-unsigned", "soa nodata absent ent", damage.signature_dropped("", "SOA")),
    partly("ns-unsigned", "ns", damage.signature_dropped("", "NS")),
    partly("mx-unsigned", "mx", damage.signature_dropped("", "MX")),
    partly("alias-unsigned", "alias", damage.signature_dropped("alias", "CNAME")),
    partly("wild-unsigned", "wild", damage.signature_dropped("*.wild", "TXT")),
    wholly("keys-unsigned", damage.signature_dropped("", "DNSKEY")),
    wholly("all-unsigned", damage.signatures_dropped),
    partly("www-flipped", "www alias", damage.signature_flipped("www", "A")),
    partly("mx-cut", "mx", damage.signature_cut("", "MX")),
    partly("soa-flipped", "soa nodata absent ent", damage.signature_flipped("", "SOA")),
    wholly("keys-flipped", damage.signature_flipped("", "DNSKEY")),
    partly("www-data-changed", "www alias", damage.data_changed("www", "A", address="192.0.2.66")),
    partly("wild-data-changed", "wild", damage.data_changed("*.wild", "TXT", strings=OTHER_TEXT)),
    partly("www-signer-parent", "www alias", damage.signed_by_parent_name("www", "A")),
    partly("www-signer-self", "www alias", damage.signed_by_name("www", "A", "www")),
    partly("mx-signer-beside", "mx", damage.signed_by_name("", "MX", "mail")),
    partly("www-labels-more", "www alias", damage.signed_again("www", "A", labels=4)),
    partly("www-labels-fewer", "www alias", damage.signed_again("www", "A", labels=2)),
    partly("www-labels-changed", "www alias", damage.signature_changed("www", "A", labels=2)),
    partly("wild-labels-more", "wild", damage.signature_changed("*.wild", "TXT", labels=4)),
    partly("www-ttl-changed", "www alias", damage.signature_changed("www", "A", original_ttl=60)),
    Broken("www-ttl-lower", damage.signed_again("www", "A", original_ttl=60)),
    partly("www-tag", "www alias", damage.signature_tag("www", "A")),
    partly("www-algorithm-8", "www alias", damage.signature_changed("www", "A", algorithm=8)),
    partly("www-algorithm-200", "www alias", damage.signature_changed("www", "A", algorithm=200)),
)

_KEYS = (
    wholly(
        "entry-without-zone-flag",
        damage.all_of(
            damage.keys_are(damage.entry_with(flags=zone_keys.ENTRY_FLAG), damage.worker),
            damage.signer_of(damage.entry_with(flags=zone_keys.ENTRY_FLAG)),
        ),
    ),
    wholly(
        "entry-revoked",
        damage.all_of(
            damage.keys_are(damage.entry_with(flags=ENTRY_REVOKED), damage.worker),
            damage.signer_of(damage.entry_with(flags=ENTRY_REVOKED)),
        ),
    ),
    wholly(
        "entry-of-other-protocol",
        damage.all_of(
            damage.keys_are(damage.entry_with(protocol=4), damage.worker),
            damage.signer_of(damage.entry_with(protocol=4)),
        ),
    ),
    wholly("entry-missing", damage.keys_are(damage.worker)),
    Broken("worker-missing", damage.keys_are(damage.entry), OF_THE_ZONE - {"dnskey"}),
    Broken(
        "worker-without-zone-flag",
        damage.keys_are(damage.entry, damage.worker_with(flags=0)),
        OF_THE_ZONE - {"dnskey"},
    ),
    Broken("worker-flipped", damage.keys_are(damage.entry, damage.worker_flipped), OF_THE_ZONE - {"dnskey"}),
    wholly("keys-signed-by-worker", lambda zone: zone.sign("", "DNSKEY", zone.zone_key)),
    unprotected("algorithm-200", damage.renumbered(200)),
    unprotected("algorithm-dsa", damage.renumbered(3)),
    unprotected("algorithm-gost", damage.renumbered(12)),
    unprotected("algorithm-md5", damage.renumbered(1)),
    unprotected("sha1", recipe=Recipe(algorithm=zone_keys.RSASHA1)),
    unprotected("sha1-hashed", recipe=Recipe(algorithm=zone_keys.RSASHA1_NSEC3, denial=NSEC3)),
    unprotected("rsa-512", recipe=Recipe(algorithm=zone_keys.RSASHA256, bits=512)),
    Broken("rsa-1024", None, recipe=Recipe(algorithm=zone_keys.RSASHA256, bits=1024)),
)

_DENIAL = (
    negatives("nsec-stripped", damage.denial_dropped),
    partly("nsec-gap-at-wild", "wild", damage.nsec_dropped("*.wild")),
    partly("nsec-gap", "absent", damage.nsec_dropped("a")),
    partly("nsec-apex-gone", "absent", damage.nsec_dropped("")),
    partly("nsec-gap-at-www", "nodata", damage.nsec_dropped("www")),
    partly("nsec-gap-at-ent", "ent", damage.nsec_dropped("alias")),
    partly("nsec-lies", "absent", damage.nsec_next("a", "aa")),
    partly("nsec-changed", "absent", damage.nsec_next_unsigned("a", "b")),
    partly("nsec-leaves-zone", "absent", damage.nsec_next_outside("a", "zz.alpha.")),
    negatives("nsec3-stripped", damage.denial_dropped, HASHED),
    on_knot(negatives("nsec3-wrong-salt", damage.nsec3_fields(salt=b"other"), SALTED)),
    on_knot(negatives("nsec3-wrong-iterations", damage.nsec3_fields(iterations=3), HASHED)),
    negatives("nsec3-wrong-hash", damage.nsec3_shifted, HASHED),
    negatives("nsec3-flags-unknown", damage.nsec3_fields(flags=2), HASHED),
    partly("nsec3-gap", "absent", damage.nsec3_dropped("absent"), HASHED),
    # Whatever else the same record shows is missed, too.
    partly("nsec3-gap-at-wild", "wild nodata", damage.nsec3_dropped("any.wild"), HASHED),
    partly("nsec3-gap-at-www", "nodata absent wild", damage.nsec3_dropped("www"), HASHED),
    on_knot(negatives("nsec3-hash-unknown", damage.nsec3_fields(algorithm=2), HASHED)),
    *(
        Broken(f"nsec3-iterations-{count}", None, rest=SECURE, recipe=Recipe(denial=NSEC3, iterations=count))
        for count in (1, 50)
    ),
)

ALL = (*_TIMES, *_DELEGATIONS, *_SIGNATURES, *_KEYS, *_DENIAL)

# More NSEC3 iterations than we hash: what does not exist is as good as unsigned (RFC 9276 section 3.2).
ITERATIONS = (51, 100, 150, 151, 500)


def add_broken(world, *names):
    """All of them, or those of these names."""
    for broken in ALL:
        if names and broken.name not in names:
            continue
        origin = broken.name + "." + TLD
        ordinary.add(world, origin, broken.holder, broken.recipe, broken.damage)
        ordinary.expect(world, origin, broken.rest, bogus=broken.bogus)
    for count in () if names else ITERATIONS:
        origin = f"nsec3-iterations-{count}.{TLD}"
        ordinary.add(world, origin, NSD_ZONES, Recipe(denial=NSEC3, iterations=count))
        ordinary.expect(world, origin, insecure=NEGATIVE | {"wild"})
