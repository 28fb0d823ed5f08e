"""A world of three_levels whose zones are signed, and what is to be thought of each answer."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from support import zone_keys, zone_signing
from support.signed_levels.knot_signing import KnotSigner
from support.signed_levels.signed_zone import SignedZone
from support.three_levels.asking import Answer
from support.three_levels.world import World
from support.zone_signing import BIND, KNOT, LDNS, NSEC, NSEC3, OPT_OUT, Recipe

SECURE, INSECURE, BOGUS = "secure", "insecure", "bogus"
NSD_ZONES, KNOT_ZONES, SIGNING_KNOT = "nsd-zones", "knot-zones", "signing-knot"
ADDRESSES = 60  # of each authority


@dataclass
class SignedWorld(World):
    """`recipes` and `damages`, by origin, of the zones that are signed; `outlooks`: {question: Answer}."""

    recipes: dict = field(default_factory=dict)
    damages: dict = field(default_factory=dict)
    outlooks: dict = field(default_factory=dict)
    knot: object = None

    def sign(self, origin, recipe, damage=None):
        """Has a zone signed, and spoilt by damage(SignedZone) afterwards."""
        self.recipes[origin] = recipe
        if damage:
            self.damages[origin] = damage

    def expect(self, name, kind, status, rcode="NOERROR"):
        """Adds a question whose answer has to be as `status` says."""
        self.ask(name, kind)
        answer = Answer("SERVFAIL" if status == BOGUS else rcode, frozenset(), status == SECURE)
        self.outlooks[name, kind] = answer

    def texts(self):
        """{origin: zone file}; sets the DS records of all zones on the way, and the root's trust anchor."""
        signed_by_knot = {origin: recipe for origin, recipe in self.recipes.items() if recipe.tool == KNOT}
        self.knot = KnotSigner(signed_by_knot)
        for origin, signers in self.knot.signers.items():
            self._delegate(origin, signers)
        elsewhere = self.recipes.keys() - signed_by_knot.keys()
        for recipe in {self.recipes[origin] for origin in elsewhere}:
            recipe.keys()  # made before there are threads
        done = {}
        for depth in sorted({_depth(origin) for origin in elsewhere}, reverse=True):
            plain = super().texts()
            level = [origin for origin in elsewhere if _depth(origin) == depth]
            with ThreadPoolExecutor(os.cpu_count()) as threads:
                for zone in threads.map(lambda origin: self._signed(origin, plain[origin]), level):
                    self._delegate(zone.origin, zone.signers)
                    done[zone.origin] = zone.text()
        return super().texts() | done

    def sign_and_serve(self, home, addresses, zones):
        """The authority that signs, as authorities.served() wants its programs."""
        return self.knot.command(home, addresses, zones)

    def _signed(self, origin, text):
        recipe = self.recipes[origin]
        zone = SignedZone(origin, zone_signing.signed(origin, text, recipe), recipe)
        self.damages.get(origin, lambda _: None)(zone)
        return zone

    def _delegate(self, origin, signers):
        lines = [f"DS {signer.to_text()}" for signer in signers]
        if origin == ".":
            self.trust_anchors += "".join(f". IN {line}\n" for line in lines)
        self.zones[origin].at_parent = f"\n{origin} IN ".join(lines)


def _depth(origin):
    return 0 if origin == "." else origin.count(".")


TLDS = {
    # Not of the algorithm that zones below it have: they would share its keys.
    "alpha.": ("tld-nsd", Recipe(LDNS, zone_keys.ECDSA_P384, NSEC)),
    "beta.": (SIGNING_KNOT, Recipe(KNOT, zone_keys.RSASHA256, NSEC3)),
    "gamma.": ("tld-nsd", Recipe(BIND, zone_keys.ED25519, OPT_OUT)),
}


def founded():
    """A signed root, signed top-level domains, and authorities for the zones below them."""
    made = SignedWorld()
    made.add_authority("root", "nsd", "127.32", 2)
    made.add_authority("tld-nsd", "nsd", "127.33", 6)
    made.add_authority(NSD_ZONES, "nsd", "127.40", ADDRESSES)
    made.add_authority(KNOT_ZONES, "knot", "127.41", ADDRESSES)
    made.add_authority(SIGNING_KNOT, SIGNING_KNOT, "127.42", ADDRESSES)
    made.add_registry(".", "root", "ab")
    made.sign(".", Recipe(LDNS, zone_keys.RSASHA256, NSEC))
    for tld, (holder, recipe) in TLDS.items():
        made.add_registry(tld, holder, "ab")
        made.sign(tld, recipe)
    return made
