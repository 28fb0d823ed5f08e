"""Who is compared on a signed world: Shirube, unbound and named, all validating from its root's key.

unbound serves twice: the one that does not validate hands on to delv what the authorities say.
"""

from support import process, sandbox, servers, shirube
from support.process import Process
from support.three_levels import resolvers

SHA1 = "sha1-algorithms = true\n"


def serve_shirube(world, address, dnssec=""):
    """`dnssec`: further lines of that section."""
    return shirube.serve(resolvers.shirube_config(world, address, workers=2) + dnssec, address=address)


def serve_unbound(world, address, validates=True):
    home = sandbox.directory("unbound")
    config = home / "unbound.conf"
    text = resolvers.unbound_config(world, address, home)
    if not validates:
        text = text.replace("validator iterator", "iterator")
    config.write_text(text)
    server = Process("unbound", [sandbox.SBIN / "unbound", "-d", "-c", config])
    return server.ready(lambda: process.accepts_tcp(address, 53))


def named_anchors(world):
    """The trust anchors as BIND has them."""
    lines = []
    for line in world.trust_anchors.splitlines():
        zone, _, _, tag, algorithm, digest_type, digest = line.split(maxsplit=6)
        lines.append(f'  "{zone}" static-ds {tag} {algorithm} {digest_type} "{digest.replace(" ", "")}";')
    return "\n".join(["trust-anchors {", *lines, "};"])


def serve_named(world, address):
    options = """  recursion yes;
  allow-recursion { any; };
  qname-minimization relaxed;"""
    hints = f'zone "." {{ type hint; file "{resolvers.root_hints(world)}"; }};'
    return servers.named(address, options, f"{hints}\n{named_anchors(world)}", validation="yes")
