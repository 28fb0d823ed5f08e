"""nsd and Knot as authorities: their configuration, and the command that starts them."""

from dataclasses import dataclass

from support import sandbox

NSD = """server:
{listen}
  server-count: 1
  tcp-count: 200
  username: ""
  chroot: ""
  zonesdir: "{home}"
  database: ""
  pidfile: "{home}/nsd.pid"
  xfrdfile: "{home}/xfrd.state"
  zonelistfile: "{home}/zone.list"
  refuse-any: no
  rrl-ratelimit: 0
remote-control:
  control-enable: no
{zones}"""

KNOT = """server:
  rundir: "{home}"
  listen: [ {listen} ]
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
database:
  storage: "{home}"
{signing}template:
  - id: default
    journal-content: none
    zonefile-load: whole
    zonefile-sync: -1
zone:
{zones}"""


@dataclass(frozen=True)
class KnotSigning:
    """Zones that Knot signs while it serves them: where their keys are, and {origin: its policy's lines}."""

    keys: object
    policies: dict


def nsd(home, addresses, zones, port=53):
    """`zones`: {origin: path}."""
    listen = "\n".join(f"  ip-address: {address}@{port}" for address in addresses)
    parts = "".join(f'zone:\n  name: "{origin}"\n  zonefile: "{path}"\n' for origin, path in zones.items())
    config = home / "nsd.conf"
    config.write_text(NSD.format(home=home, listen=listen, zones=parts))
    return [sandbox.SBIN / "nsd", "-d", "-c", config]


def knot(home, addresses, zones, signing=None):
    """`zones`: {origin: path}, all of them signed if there is a KnotSigning."""
    return [sandbox.SBIN / "knotd", "-c", knot_config(home, addresses, zones, signing)]


def knot_config(home, addresses, zones, signing=None):
    """Its path."""
    listen = ", ".join(f"{address}@53" for address in addresses)
    parts = "".join(_knot_zone(origin, path, signing) for origin, path in zones.items())
    policies = _knot_policies(zones, signing) if signing else ""
    config = home / "knot.conf"
    config.write_text(KNOT.format(home=home, listen=listen, signing=policies, zones=parts))
    return config


def _knot_zone(origin, path, signing):
    lines = f'  - domain: "{origin}"\n    file: "{path}"\n'
    return lines + (f'    dnssec-signing: on\n    dnssec-policy: "{origin}"\n' if signing else "")


def _knot_policies(zones, signing):
    """The rest of the database section, and a policy for each zone."""
    listed = "".join(f'  - id: "{origin}"\n{signing.policies[origin]}' for origin in zones)
    return f'  kasp-db: "{signing.keys}"\npolicy:\n{listed}'
