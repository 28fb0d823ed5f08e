"""How a zone is signed, and the programs that do it."""

import time
from dataclasses import dataclass

from support import sandbox, zone_keys

DAY = 86_400
NSEC, NSEC3, OPT_OUT = "NSEC", "NSEC3", "NSEC3 with opt-out"
LDNS, BIND, KNOT = "ldns", "bind", "knot"  # Knot signs what it serves: signed_levels/knot_signing.py


@dataclass(frozen=True)
class Recipe:
    """`start` and `end` of the signatures in days from now."""

    tool: str = LDNS
    algorithm: int = zone_keys.ECDSA_P256
    denial: str = NSEC
    iterations: int = 0
    salt: str = ""  # hexadecimal
    bits: int = 2048  # of RSA keys
    start: int = -1
    end: int = 30

    def keys(self):
        return zone_keys.pair(self.algorithm, self.bits)

    def time(self, days):
        return time.strftime("%Y%m%d%H%M%S", time.gmtime(time.time() + days * DAY))


def _ldns(origin, recipe, folder, zone, pairs):
    words = ["ldns-signzone", "-i", recipe.time(recipe.start), "-e", recipe.time(recipe.end)]
    if recipe.denial != NSEC:
        words += ["-n", "-t", recipe.iterations, *(["-s", recipe.salt] if recipe.salt else [])]
        words += ["-p"] if recipe.denial == OPT_OUT else []
    sandbox.run(*words, "-o", origin, "-f", folder / "signed", zone, *pairs)


def _bind(origin, recipe, folder, zone, pairs):
    words = ["dnssec-signzone", "-q", "-P", "-O", "full"]
    words += ["-s", recipe.time(recipe.start), "-e", recipe.time(recipe.end)]
    if recipe.denial != NSEC:
        words += ["-3", recipe.salt or "-", "-H", recipe.iterations]
        words += ["-A"] if recipe.denial == OPT_OUT else []
    sandbox.run(*words, "-d", folder, "-o", origin, "-f", folder / "signed", zone, *pairs)


_TOOLS = {LDNS: _ldns, BIND: _bind}


def signed(origin, text, recipe):
    """The text of the zone, signed."""
    folder = sandbox.directory("signing")
    zone = folder / "zone"
    pairs = recipe.keys()
    zone.write_text(text + "".join(key.line(origin) for key in pairs))
    _TOOLS[recipe.tool](origin, recipe, folder, zone, [key.files(folder, origin) for key in pairs])
    return (folder / "signed").read_text()
