"""Knot as an authority that signs its zones itself, with keys that its key manager made before it started."""

import dns.rdata
from dns.rdataclass import IN
from dns.rdatatype import DS

from support import authority_commands, sandbox, zone_keys
from support.authority_commands import KnotSigning
from support.zone_signing import NSEC, OPT_OUT

_POLICY = """    algorithm: "{algorithm}"
    nsec3: {nsec3}
    nsec3-opt-out: {opt_out}
    nsec3-iterations: {iterations}
    nsec3-salt-length: {salt}
"""


def _policy(recipe):
    return _POLICY.format(
        algorithm=zone_keys.NAMES[recipe.algorithm].lower(),
        nsec3="off" if recipe.denial == NSEC else "on",
        opt_out="on" if recipe.denial == OPT_OUT else "off",
        iterations=recipe.iterations,
        salt=len(recipe.salt) // 2,
    )


class KnotSigner:
    """Signs zones as `recipes`, {origin: Recipe}, say."""

    def __init__(self, recipes):
        store = sandbox.directory("knot-keys")
        policies = {origin: _policy(recipe) for origin, recipe in recipes.items()}
        self._signing = KnotSigning(store / "keys", policies)
        nowhere = {origin: "/nonexistent" for origin in recipes}
        config = authority_commands.knot_config(store, ["127.0.0.1"], nowhere, self._signing)
        self.signers = {origin: _make_keys(config, origin, recipe) for origin, recipe in recipes.items()}

    def command(self, home, addresses, zones):
        """What starts it, once `zones`, {origin: path}, are written."""
        return authority_commands.knot(home, addresses, zones, self._signing)


def _make_keys(config, origin, recipe):
    """The DS records of new keys."""
    size = [f"size={recipe.bits}"] if recipe.algorithm in zone_keys.RSA else []
    manage = ["keymgr", "-c", config, origin]
    for role in ("ksk=yes", "zsk=yes"):
        sandbox.run(*manage, "generate", role, f"algorithm={recipe.algorithm}", *size)
    lines = sandbox.run(*manage, "ds").splitlines()
    return [dns.rdata.from_text(IN, DS, line.partition(" DS ")[2]) for line in lines]
