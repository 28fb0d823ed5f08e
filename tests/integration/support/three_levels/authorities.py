"""A world on the air: each authority as a process, nsd or Knot, on port 53 of its addresses."""

from support import authority_commands, process, sandbox
from support.process import Process
from support.three_levels import signing


PROGRAMS = {"nsd": authority_commands.nsd, "knot": authority_commands.knot}


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
