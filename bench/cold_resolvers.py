"""The servers of bench/cold: each iterates from the root of a world, on one thread."""

import functools

import peers
from support import process, sandbox
from support.process import Process
from support.three_levels import resolvers

RECURSOR = """local-address={address}
local-port=53
allow-from=127.0.0.0/8
hint-file={hints}
dont-query=
threads=1
pdns-distributes-queries=no
qname-minimization=yes
max-cache-entries=1000000
{dnssec}
daemon=no
quiet=yes
disable-syslog=yes
statistics-interval=0
security-poll-suffix=
setuid=
setgid=
socket-dir={home}
write-pid=no
"""


def serve_recursor(world, address):
    home = sandbox.directory("recursor")
    words = {"address": address, "hints": resolvers.root_hints(world), "home": home}
    text = RECURSOR.format(dnssec=_recursor_dnssec(world, home), **words)
    (home / peers.CONFIG).write_text(text)
    server = Process("recursor", [sandbox.SBIN / "pdns_recursor", f"--config-dir={home}"])
    return server.ready(lambda: process.accepts_tcp(address, 53))


def _recursor_dnssec(world, home):
    if not world.trust_anchors:
        return "dnssec=off"
    signers = [line.partition(" DS ")[2] for line in world.trust_anchors.splitlines()]
    script = home / "anchors.lua"
    script.write_text("clearTA()\n" + "".join(f'addTA(".", "{signer}")\n' for signer in signers))
    return f"dnssec=validate\nlua-config-file={script}"


# name: (start, address)
ALL = {
    "shirube": (functools.partial(resolvers.serve_shirube, workers=1), "127.0.0.1"),
    "unbound": (resolvers.serve_unbound, "127.0.0.4"),
    "pdns-recursor": (serve_recursor, "127.0.0.5"),
}


def versions(options):
    """What stands in a report: name and version of those that ran."""
    return {
        name: version for name, version in peers.versions(options.shirube).items() if name in options.servers
    }
