"""Name servers and a web proxy that nobody here wrote, as Debian ships them."""

from support import authority_commands, process, sandbox, zones
from support.process import Process


def nsd(address=zones.AUTHORITY, port=53, files=None):
    """Authority for all zones of the test world, or for `files` {origin: path}. RA=0, answers ANY in full."""
    command = authority_commands.nsd(sandbox.directory("nsd"), [address], files or zones.files(), port)
    server = Process("nsd", command)
    return server.ready(lambda: process.accepts_tcp(address, port))


def named(address, options, zone_lines, validation="no"):
    """BIND on port 53 of `address`, which it takes only when an interface has exactly this address."""
    if address not in sandbox.run("ip", "address", "show", "lo"):
        sandbox.run("ip", "address", "add", f"{address}/8", "dev", "lo")
    home = sandbox.directory("named")
    config = home / "named.conf"
    config.write_text(
        f"""options {{
  directory "{home}";
  pid-file "{home}/named.pid";
  session-keyfile "{home}/session.key";
  managed-keys-directory "{home}";
  listen-on port 53 {{ {address}; }};
  listen-on-v6 {{ none; }};
  allow-query {{ any; }};
  minimal-any no;
  minimal-responses yes;
  empty-zones-enable no;
  dnssec-validation {validation};
  max-cache-size 16M;
{options}
}};
controls {{ }};
{zone_lines}
"""
    )
    # -4: the namespace may be without IPv6; -n 1: two cores serve everything here.
    server = Process("named", [sandbox.SBIN / "named", "-g", "-4", "-n", "1", "-c", config])
    return server.ready(lambda: process.accepts_tcp(address, 53))


def named_authority(address=zones.AUTHORITY):
    """Authority for all zones, too, but with the whole of ANY: nsd and Knot give one RRset of it."""
    parts = [f'zone "{origin}" {{ type primary; file "{path}"; }};' for origin, path in zones.files().items()]
    return named(address, "  recursion no;", "\n".join(parts))


def named_resolver(address="127.0.0.3"):
    """BIND as a recursive resolver with a root of our own: RA=1, ANY in full."""
    hints = sandbox.fresh_path("root.hints")
    hints.write_text(f". 3600 IN NS ns.nic.example.\nns.nic.example. 3600 IN A {zones.AUTHORITY}\n")
    options = "  recursion yes;\n  allow-recursion { any; };"
    return named(address, options, f'zone "." {{ type hint; file "{hints}"; }};')


def unbound(address="127.0.0.4", port=53):
    """Unbound as a recursive resolver with a root of our own."""
    home = sandbox.directory("unbound")
    config = home / "unbound.conf"
    config.write_text(
        f"""server:
  interface: {address}@{port}
  access-control: 0.0.0.0/0 allow
  do-not-query-localhost: no
  do-daemonize: no
  do-ip6: no
  username: ""
  chroot: ""
  directory: "{home}"
  pidfile: "{home}/unbound.pid"
  use-syslog: no
  logfile: ""
  module-config: "iterator"
stub-zone:
  name: "."
  stub-addr: {zones.AUTHORITY}
remote-control:
  control-enable: no
"""
    )
    server = Process("unbound", [sandbox.SBIN / "unbound", "-d", "-c", config])
    return server.ready(lambda: process.accepts_tcp(address, port))


def squid(dns_lines=""):
    """Squid as Debian configures it, but for places and speed; `dns_lines` are added as they are."""
    home = sandbox.directory("squid", owner="proxy")
    config = home / "squid.conf"
    config.write_text(
        f"""http_port 127.0.0.1:3128
visible_hostname squid.small.example
acl localhost_only src 127.0.0.0/8
http_access allow localhost_only
http_access deny all
cache deny all
access_log stdio:{home}/access.log
cache_log {home}/cache.log
cache_store_log none
pid_filename {home}/squid.pid
coredump_dir {home}
netdb_filename none
pinger_enable off
hosts_file none
shutdown_lifetime 0 seconds
{dns_lines}
"""
    )
    server = Process("squid", [sandbox.SBIN / "squid", "-N", "-f", config])
    return server.ready(lambda: process.accepts_tcp("127.0.0.1", 3128))
