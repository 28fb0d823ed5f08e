"""A world on the air: each authority as a process, nsd or Knot, on port 53 of its addresses."""

from support import process, sandbox
from support.process import Process
from support.three_levels import signing


def _nsd(home, addresses, zones):
    listen = "".join(f"  ip-address: {address}@53\n" for address in addresses)
    parts = "".join(f'zone:\n  name: "{origin}"\n  zonefile: "{path}"\n' for origin, path in zones.items())
    config = home / "nsd.conf"
    config.write_text(
        f"""server:
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
{parts}"""
    )
    return [sandbox.SBIN / "nsd", "-d", "-c", config]


def _knot(home, addresses, zones):
    parts = "".join(f'  - domain: "{origin}"\n    file: "{path}"\n' for origin, path in zones.items())
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
template:
  - id: default
    journal-content: none
    zonefile-load: whole
    zonefile-sync: -1
zone:
{parts}"""
    )
    return [sandbox.SBIN / "knotd", "-c", config]


PROGRAMS = {"nsd": _nsd, "knot": _knot}


def _write_zones(world):
    """{authority: {origin: path}}"""
    folder = sandbox.directory("zones")
    # By number: origins may hold anything.
    paths = {origin: folder / f"{number}.zone" for number, origin in enumerate(world.zones)}
    for origin, text in world.texts().items():
        paths[origin].write_text(text)
    signing.sign_files(world, paths)
    held = {name: {} for name in world.authorities}
    for origin, path in paths.items():
        for holder in world.zones[origin].holders:
            held[holder][origin] = path
    return held


def served(world, programs=None):
    """The running authorities of `world`; `programs` are known beside those of PROGRAMS."""
    programs = PROGRAMS | (programs or {})
    held = _write_zones(world)
    running = []
    for name, authority in world.authorities.items():
        home = sandbox.directory(name)
        command = programs[authority.program](home, authority.addresses(), held[name])
        running.append((Process(name, command), authority))
    # Both listen only once their zones are loaded.
    return [server.ready(lambda a=a: process.accepts_tcp(a.address(0), 53)) for server, a in running]
