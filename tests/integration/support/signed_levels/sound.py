"""Zones of three signers that have to be believed, and what lies between zones: aliases, cuts, islands."""

from support import zone_keys
from support.signed_levels import ordinary
from support.zone_signing import BIND, KNOT, LDNS, NSEC, NSEC3, OPT_OUT, Recipe
from support.signed_levels.world import BOGUS, INSECURE, KNOT_ZONES, NSD_ZONES, SECURE, SIGNING_KNOT

_ALGORITHMS = {
    LDNS: (zone_keys.RSASHA256, zone_keys.ECDSA_P256, zone_keys.ED25519),
    BIND: (zone_keys.RSASHA256, zone_keys.RSASHA512, zone_keys.ECDSA_P256, zone_keys.ECDSA_P384, zone_keys.ED25519, zone_keys.ED448),
    KNOT: (zone_keys.RSASHA256, zone_keys.ECDSA_P256, zone_keys.ED25519),
}
_HOLDERS = {LDNS: NSD_ZONES, BIND: KNOT_ZONES, KNOT: SIGNING_KNOT}
_DENIALS = {"nsec": NSEC, "hashed": NSEC3, "opt-out": OPT_OUT}


def add_sound(world):
    _every_signer(world)
    _families(world)
    _aliases(world)
    _islands(world)


def _every_signer(world):
    """Each signer, algorithm and denial; the top-level domains in turn."""
    tlds = ("alpha.", "beta.", "gamma.")
    number = 0
    for tool, algorithms in _ALGORITHMS.items():
        for algorithm in algorithms:
            for word, denial in _DENIALS.items():
                origin = f"{tool}-{algorithm}-{word}.{tlds[number % 3]}"
                number += 1
                body = ordinary.BODY + "kid NS ns.kid\nns.kid A 127.0.0.9\n"
                ordinary.add(world, origin, _HOLDERS[tool], Recipe(tool, algorithm, denial), body=body)
                _expect_sound(world, origin, denial)


def _expect_sound(world, origin, denial):
    # What opt-out leaves out may exist all the same (RFC 5155 section 9.2).
    covered = {"absent", "wild"} if denial == OPT_OUT else ()
    ordinary.expect(world, origin, insecure=covered)
    # ldns sets the flag, and leaves nothing out.
    left_out = denial == OPT_OUT and not origin.startswith(LDNS)
    world.expect(f"kid.{origin}", "DS", INSECURE if left_out else SECURE)


def _families(world):
    """Zones below zones: another signer, nobody, and parents that are broken."""
    for tool, denial in ((LDNS, NSEC), (BIND, NSEC3), (KNOT, OPT_OUT)):
        parent = f"parent-{tool}.beta."
        ordinary.add(world, parent, _HOLDERS[tool], Recipe(tool, zone_keys.ECDSA_P256, denial))
        _expect_sound_family(world, parent, denial)
    ordinary.add(world, "plain.alpha.", NSD_ZONES)
    ordinary.expect(world, "plain.alpha.", INSECURE, ds=SECURE)
    ordinary.add(world, "plain.gamma.", KNOT_ZONES)
    ordinary.expect(world, "plain.gamma.", INSECURE, ds=INSECURE)
    parents = {"expired.alpha.": BOGUS, "all-unsigned.alpha.": BOGUS, "no-ds.alpha.": INSECURE}
    for broken, status in parents.items():
        ordinary.add(world, f"signed.{broken}", KNOT_ZONES, Recipe())
        ordinary.expect(world, f"signed.{broken}", status, ds=status)
        ordinary.add(world, f"plain.{broken}", KNOT_ZONES)
        ordinary.expect(world, f"plain.{broken}", status, ds=status)
    _cuts(world)


def _expect_sound_family(world, parent, denial):
    ordinary.expect(world, parent, insecure={"absent", "wild"} if denial == OPT_OUT else ())
    for recipe in (Recipe(LDNS), Recipe(BIND, zone_keys.RSASHA256, NSEC3), Recipe(KNOT)):
        kid = f"{recipe.tool}.{parent}"
        ordinary.add(world, kid, _HOLDERS[recipe.tool], recipe)
        ordinary.expect(world, kid)
    ordinary.add(world, f"plain.{parent}", NSD_ZONES)
    ordinary.expect(world, f"plain.{parent}", INSECURE, ds=INSECURE if denial == OPT_OUT else SECURE)


def _cuts(world):
    """Parents whose denial of the DS is missing."""
    for name, recipe in (("cut-nsec.alpha.", Recipe()), ("cut-nsec3.alpha.", Recipe(denial=NSEC3))):
        ordinary.add(world, name, NSD_ZONES, recipe, _without_denial_of_kid)
        ordinary.expect(world, name)
        ordinary.add(world, f"kid.{name}", KNOT_ZONES)
        ordinary.expect(world, f"kid.{name}", BOGUS, ds=BOGUS)


def _without_denial_of_kid(zone):
    if zone.labels_with("NSEC3"):
        zone.drop(zone.nsec3_of("kid"), "NSEC3")
    else:
        zone.drop("kid", "NSEC")


def _aliases(world):
    lines = """secure CNAME www.ldns-13-nsec.alpha.
hashed CNAME www.bind-8-hashed.beta.
insecure CNAME www.plain.alpha.
bogus CNAME www.www-unsigned.alpha.
expired CNAME www.expired.alpha.
absent CNAME absent.ldns-13-nsec.alpha.
no-proof CNAME absent.nsec-gap.alpha.
*.far CNAME www.ldns-13-nsec.alpha.
*.bad CNAME www.expired.alpha.
into DNAME ldns-13-nsec.alpha.
into-plain DNAME plain.alpha.
into-bogus DNAME expired.alpha.
inside DNAME room
www.room A 192.0.2.9
"""
    targets = {
        "secure": SECURE,
        "hashed": SECURE,
        "insecure": INSECURE,
        "bogus": BOGUS,
        "expired": BOGUS,
        "no-proof": BOGUS,
        "x.far": SECURE,
        "x.bad": BOGUS,
        "www.into": SECURE,
        "www.into-plain": INSECURE,
        "www.into-bogus": BOGUS,
        "www.inside": SECURE,
    }
    recipes = {"aliases.alpha.": Recipe(), "aliases.beta.": Recipe(BIND, zone_keys.RSASHA256, NSEC3)}
    for origin, recipe in recipes.items():
        ordinary.add(world, origin, NSD_ZONES, recipe, body=lines)
        for label, status in targets.items():
            world.expect(f"{label}.{origin}", "A", status)
        world.expect(f"absent.{origin}", "A", SECURE, "NXDOMAIN")
        world.expect(f"into.{origin}", "DNAME", SECURE)
    ordinary.add(world, "aliases.gamma.", NSD_ZONES, body=lines)
    for label, status in targets.items():
        world.expect(f"{label}.aliases.gamma.", "A", BOGUS if status == BOGUS else INSECURE)
    _spoilt_dname(world)


def _spoilt_dname(world):
    body = "into DNAME ldns-13-nsec.alpha.\nwww A 192.0.2.1\n"
    ordinary.add(world, "dname-unsigned.alpha.", NSD_ZONES, Recipe(), _without_dname_signature, body)
    world.expect("www.into.dname-unsigned.alpha.", "A", BOGUS)
    world.expect("into.dname-unsigned.alpha.", "DNAME", BOGUS)
    world.expect("www.dname-unsigned.alpha.", "A", SECURE)


def _without_dname_signature(zone):
    zone.drop_signatures("into", "DNAME")


def _islands(world):
    """Signed zones below an unsigned one: one has a trust anchor of its own."""
    ordinary.add(world, "sea.alpha.", NSD_ZONES)
    ordinary.expect(world, "sea.alpha.", INSECURE)
    for name, status in (("known", SECURE), ("unknown", INSECURE)):
        origin = f"{name}.sea.alpha."
        ordinary.add(world, origin, NSD_ZONES, Recipe())
        ordinary.expect(world, origin, status, ds=INSECURE)
    key, _ = Recipe().keys()
    world.trust_anchors += f"known.sea.alpha. IN DS {key.signer('known.sea.alpha.').to_text()}\n"
