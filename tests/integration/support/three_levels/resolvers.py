"""Who is compared on a world: Shirube, unbound and named, all iterating from its root.

They validate where the world has trust anchors.
"""

from support import process, sandbox, servers, shirube
from support.process import Process


def root_hints(world):
    return _readable("root.hints", world.hints())


def trust_anchors(world):
    return _readable("trust.anchors", world.trust_anchors)


def _readable(name, text):
    path = sandbox.fresh_path(name)
    path.write_text(text)
    path.chmod(0o644)
    return path


def serve_shirube(world, address, workers=2, dnssec=""):
    """`dnssec`: further lines of that section, where the world has trust anchors."""
    if world.trust_anchors:
        section = f'[dnssec]\ntrust-anchors = ["{trust_anchors(world)}"]\n{dnssec}'
    else:
        section = shirube.UNSIGNED
    text = f"""[server]
listen = ["{address}:53"]
user = "{shirube.USER}"
workers = {workers}

[resolve]
mode = "iterate"
root-hints = "{root_hints(world)}"
do-not-query = []
ipv6 = "no"
qname-minimisation = true

{section}"""
    return shirube.serve(text, address=address)


def _unbound_config(world, address, home, validates):
    modules = 'module-config: "iterator"'
    if validates and world.trust_anchors:
        modules = f"""module-config: "validator iterator"
  trust-anchor-file: "{trust_anchors(world)}"
  aggressive-nsec: yes
  key-cache-size: 64m
  neg-cache-size: 64m"""
    return f"""server:
  interface: {address}@53
  access-control: 127.0.0.0/8 allow
  do-not-query-localhost: no
  do-daemonize: no
  do-ip6: no
  num-threads: 1
  {modules}
  qname-minimisation: yes
  root-hints: "{root_hints(world)}"
  so-rcvbuf: 4m
  msg-cache-size: 256m
  rrset-cache-size: 256m
  username: ""
  chroot: ""
  directory: "{home}"
  pidfile: "{home}/unbound.pid"
  use-syslog: no
  logfile: ""
remote-control:
  control-enable: no
"""


def serve_unbound(world, address, validates=True):
    home = sandbox.directory("unbound")
    config = home / "unbound.conf"
    config.write_text(_unbound_config(world, address, home, validates))
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
    hints = f'zone "." {{ type hint; file "{root_hints(world)}"; }};'
    if not world.trust_anchors:
        return servers.named(address, options, hints)
    return servers.named(address, options, f"{hints}\n{named_anchors(world)}", validation="yes")
