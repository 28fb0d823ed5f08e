"""Knot as an authority that signs its zones itself, with keys that its key manager made before it started."""

import dns.rdata
from dns.rdataclass import IN
from dns.rdatatype import DS

from support import sandbox, zone_keys
from support.zone_signing import NSEC, OPT_OUT

_ZONE = """  - domain: "{origin}"
    file: "{path}"
    dnssec-signing: on
    dnssec-policy: "{origin}"
"""
_POLICY = """  - id: "{origin}"
    algorithm: "{algorithm}"
    nsec3: {nsec3}
    nsec3-opt-out: {opt_out}
    nsec3-iterations: {iterations}
    nsec3-salt-length: {salt}
"""


class KnotSigner:
    """Signs zones as `recipes`, {origin: Recipe}, say."""

    def __init__(self, recipes):
        self._recipes = recipes
        self._store = sandbox.directory("knot-keys")
        nowhere = {origin: "/nonexistent" for origin in recipes}
        config = self._config(self._store, ["127.0.0.1"], nowhere)
        self.signers = {origin: self._make_keys(config, origin) for origin in recipes}

    def command(self, home, addresses, zones):
        """What starts it, once `zones`, {origin: path}, are written."""
        return [sandbox.SBIN / "knotd", "-c", self._config(home, addresses, zones)]

    def _make_keys(self, config, origin):
        """The DS records of new keys."""
        recipe = self._recipes[origin]
        size = [f"size={recipe.bits}"] if recipe.algorithm in zone_keys.RSA else []
        manage = ["keymgr", "-c", config, origin]
        for role in ("ksk=yes", "zsk=yes"):
            sandbox.run(*manage, "generate", role, f"algorithm={recipe.algorithm}", *size)
        lines = sandbox.run(*manage, "ds").splitlines()
        return [dns.rdata.from_text(IN, DS, line.partition(" DS ")[2]) for line in lines]

    def _policy(self, origin):
        recipe = self._recipes[origin]
        return _POLICY.format(
            origin=origin,
            algorithm=zone_keys.NAMES[recipe.algorithm].lower(),
            nsec3="off" if recipe.denial == NSEC else "on",
            opt_out="on" if recipe.denial == OPT_OUT else "off",
            iterations=recipe.iterations,
            salt=len(recipe.salt) // 2,
        )

    def _config(self, home, addresses, zones):
        config = home / "knot.conf"
        config.write_text(
            f"""server:
  rundir: "{home}"
  listen: [ {", ".join(f"{address}@53" for address in addresses)} ]
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
database:
  storage: "{home}"
  kasp-db: "{self._store}/keys"
policy:
{"".join(self._policy(origin) for origin in zones)}
template:
  - id: default
    journal-content: none
    zonefile-load: whole
    zonefile-sync: -1
zone:
{"".join(_ZONE.format(origin=origin, path=path) for origin, path in zones.items())}"""
        )
        return config
