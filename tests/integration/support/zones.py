"""The zones of the test world. One name server, ns.nic.example at AUTHORITY, holds all of them and the root.

Not below "test.": that name is answered by resolvers themselves (RFC 6761).
"""

import functools

from support import sandbox

AUTHORITY = "127.0.0.2"
WEB_SERVER = "192.0.2.10"
MX_COUNT = 24

_HEAD = """$ORIGIN {origin}
$TTL 300
@ IN SOA ns.nic.example. hostmaster.nic.example. 1 3600 900 604800 300
@ IN NS ns.nic.example.
"""

# Long enough that the signed ANY answer has the 2.9 kB of the domains that unpatched qmail cannot mail.
_MAIL_DOMAIN = """@ IN NS ns2.nic.example.
@ IN A 192.0.2.20
@ IN MX 10 mail
@ IN MX 20 backup
@ IN TXT "v=spf1 ip4:192.0.2.20 include:spf.small.example -all"
@ IN TXT "site-verification=Qk8wH0qf3Vv2mX9bq5sK1yTz7LcR4dNe6uJ"
mail IN A 192.0.2.21
backup IN A 192.0.2.22
"""


def _many_mx():
    lines = [f"@ IN MX {10 * (n + 1)} mail-exchanger-number-{n:02}.city.example." for n in range(MX_COUNT)]
    return "\n".join(lines) + "\n"


def _city():
    return "".join(f"mail-exchanger-number-{n:02} IN A 192.0.2.{100 + n}\n" for n in range(MX_COUNT))


def _texts():
    def strings(count):
        return " ".join(f'"{n:02}-{"x" * 96}"' for n in range(count))

    return f"""short IN TXT "one"
over512 IN TXT {strings(7)}
over1232 IN TXT {strings(20)}
over4096 IN TXT {strings(60)}
"""


ZONES = {
    "small.example.": """@ IN A 192.0.2.30
@ IN MX 10 mail
mail IN A 192.0.2.31
www IN CNAME @
MiXeD IN A 192.0.2.32
""",
    "many-mx.example.": _many_mx(),
    "city.example.": _city(),
    "texts.example.": _texts(),
    "dual.example.": f"""@ IN A 192.0.2.40
@ IN AAAA 2001:db8:2::40
@ IN MX 10 mail
@ IN MX 20 six
mail IN A 192.0.2.41
mail IN AAAA 2001:db8:2::41
six IN AAAA 2001:db8:2::42
web IN A {WEB_SERVER}
web IN AAAA 2001:db8:dead::10
svc IN HTTPS 1 . alpn=h2 ipv4hint=192.0.2.40 ipv6hint=2001:db8:2::40
""",
    "signed.example.": _MAIL_DOMAIN,
}


def _zone_text(origin, records):
    return _HEAD.format(origin=origin) + records


def _root_text():
    lines = ["ns.nic.example. IN A 127.0.0.2", "ns2.nic.example. IN A 127.0.0.2"]
    lines += [f"{origin} IN NS ns.nic.example." for origin in ZONES]
    return _HEAD.format(origin=".") + "\n".join(lines) + "\n"


@functools.cache
def files():
    """{origin: path} of all zone files; they are written, and one is signed, when first asked for."""
    folder = sandbox.directory("zones")
    paths = {".": folder / "root.zone"}
    paths["."].write_text(_root_text())
    for origin, records in ZONES.items():
        paths[origin] = folder / f"{origin}zone"
        paths[origin].write_text(_zone_text(origin, records))
    paths["signed.example."] = _sign(folder, "signed.example.", paths["signed.example."])
    return paths


def _sign(folder, origin, path):
    """RSA-2048 key pair, as most signed mail domains of the 2010s have; that makes their ANY so big."""
    key_command = f"cd {folder} && ldns-keygen -a RSASHA256 -b 2048 {{}} {origin}"
    key_signing = sandbox.run("sh", "-c", key_command.format("-k")).strip()
    zone_signing = sandbox.run("sh", "-c", key_command.format("")).strip()
    signed = folder / f"{origin}signed"
    sandbox.run("sh", "-c", f"cd {folder} && ldns-signzone -f {signed} {path} {zone_signing} {key_signing}")
    return signed
