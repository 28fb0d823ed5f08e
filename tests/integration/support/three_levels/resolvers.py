"""Who is compared on a world: Shirube, unbound and named, all iterating from its root.

Shirube and unbound validate where the world has trust anchors; named never does.
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


def shirube_config(world, address, workers):
    dnssec = shirube.UNSIGNED
    if world.trust_anchors:
        dnssec = f'[dnssec]\ntrust-anchors = ["{trust_anchors(world)}"]\n'
    return f"""[server]
listen = ["{address}:53"]
user = "{shirube.USER}"
workers = {workers}

[resolve]
mode = "iterate"
root-hints = "{root_hints(world)}"
do-not-query = []
ipv6 = "no"
qname-minimisation = true

{dnssec}"""


def serve_shirube(world, address, workers=2):
    return shirube.serve(shirube_config(world, address, workers), address=address)


def unbound_config(world, address, home):
    modules = 'module-config: "iterator"'
    if world.trust_anchors:
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


def serve_unbound(world, address):
    home = sandbox.directory("unbound")
    config = home / "unbound.conf"
    config.write_text(unbound_config(world, address, home))
    server = Process("unbound", [sandbox.SBIN / "unbound", "-d", "-c", config])
    return server.ready(lambda: process.accepts_tcp(address, 53))


def serve_named(world, address):
    options = """  recursion yes;
  allow-recursion { any; };
  qname-minimization relaxed;"""
    return servers.named(address, options, f'zone "." {{ type hint; file "{root_hints(world)}"; }};')
