"""Unusual zones that everybody has to get right, with the questions that show it; broken ones: failures.py.

Wants a world with the top-level domains alpha. (on nsd) and beta. (on Knot) and adds gamma., which the root's
own servers hold.
"""

NSD, KNOT = "nsd-zones", "knot-zones"


def add_corners(world):
    for part in (
        _top_level,
        _same_server,
        _wildcards,
        _dnames,
        _deep,
        _glueless,
        _large,
        _odd_names,
        _types,
        _negative,
        _name_servers,
        _delegation_signers,
    ):
        part(world)


def _top_level(world):
    """The root itself, top-level domains, and one of them on the root's own addresses."""
    world.add("gamma.", "root", "www A 192.0.2.1\n@ TXT gamma", servers=dict(world.zones["."].servers))
    world.add("here.gamma.", "root", "www A 192.0.2.2", servers=dict(world.zones["."].servers))
    world.add("elsewhere.gamma.", KNOT, "www A 192.0.2.3")
    world.ask(".", "NS", "SOA", "A", "DS", "TXT")
    for tld in ("alpha.", "beta.", "gamma."):
        world.ask(tld, "NS", "SOA", "A", "DS", "TXT")
    world.ask("a.nic.alpha.", "A", "AAAA")
    world.ask("nic.alpha.", "A", "NS")
    world.ask("a.root.", "A", "AAAA")
    world.ask("root.", "A", "NS")
    world.ask("no-such-tld.", "A", "NS", "DS")
    world.ask("www.no-such-tld.", "A", "MX")
    world.ask("absent.alpha.", "A", "DS", "NS")
    world.ask("www.absent.beta.", "A", "AAAA")
    for zone in ("here.gamma.", "elsewhere.gamma."):
        world.ask(zone, "NS", "SOA", "DS")
        world.ask(f"www.{zone}", "A", "AAAA", "MX")
        world.ask(f"absent.{zone}", "A")
    world.ask("www.gamma.", "A", "AAAA")


def _same_server(world):
    """Parent and child on one server, which answers for the child without a referral."""
    for holder, tld in ((NSD, "alpha."), (KNOT, "beta.")):
        parent = world.add(f"parent.{tld}", holder, "www A 192.0.2.1\n@ TXT parent")
        world.add(f"kid.parent.{tld}", holder, "www A 192.0.2.2\n@ TXT kid", servers=dict(parent.servers))
        world.add(f"kid.kid.parent.{tld}", holder, "www A 192.0.2.3", servers=dict(parent.servers))
        for name in (f"parent.{tld}", f"kid.parent.{tld}", f"kid.kid.parent.{tld}"):
            world.ask(name, "NS", "SOA", "TXT", "DS", "A")
            world.ask(f"www.{name}", "A", "AAAA")
            world.ask(f"absent.{name}", "A")


def _wildcards(world):
    for holder, zone in ((NSD, "wild.alpha."), (KNOT, "wild.beta.")):
        world.add(
            zone,
            holder,
            """* A 192.0.2.9
*.mail MX 10 mx
*.mail MX 20 mx2
*.alias CNAME target
*.far CNAME www.wild.alpha.
*.nested.alias2 CNAME x.mail
target A 192.0.2.10
exists TXT "hides the wildcard from itself and what is below"
host.ent A 192.0.2.11
""",
        )
        for name in ("any", "two.labels", "*", "a.*", "target", "UPPER", "_srv._tcp"):
            world.ask(f"{name}.{zone}", "A", "AAAA")
        for name in ("x.mail", "y.x.mail", "mail", "*.mail", "x.alias", "y.x.alias", "alias", "x.far"):
            world.ask(f"{name}.{zone}", "A", "MX", "CNAME", "TXT")
        world.ask(f"x.nested.alias2.{zone}", "MX", "A")
        for name in ("exists", "below.exists", "ent", "host.ent", "other.ent", "below.host.ent"):
            world.ask(f"{name}.{zone}", "A", "TXT")


def _dnames(world):
    long_label = "long-" * 12
    long_target = ".".join(["x" * 60] * 3)
    world.add(
        "dname.alpha.",
        NSD,
        f"""old DNAME new.dname.beta.
inside DNAME kept
www.kept A 192.0.2.1
*.kept A 192.0.2.2
first DNAME second
second DNAME new.dname.beta.
alias CNAME www.old
overlong DNAME {long_target}.new.dname.beta.
nowhere DNAME absent.dname.beta.
""",
    )
    world.add(
        "dname.beta.",
        KNOT,
        """www.new A 192.0.2.3
www.new AAAA 2001:db8::3
deep.er.new TXT deep
alias.new CNAME www.inside.dname.alpha.
www A 192.0.2.4
""",
    )
    # Its name servers lie elsewhere: a name below a DNAME cannot have addresses.
    moved = "@ DNAME dname.beta.\n@ MX 10 www.dname.beta."
    world.add("moved.alpha.", KNOT, moved, _elsewhere(world.zones["dname.beta."]))
    for name in ("www.old", "deep.er.old", "old", "www.inside", "any.inside"):
        world.ask(f"{name}.dname.alpha.", "A", "TXT", "CNAME")
    # Not CNAME: unbound follows the alias or not, as it happens to know the next one.
    for name in ("alias.old", "absent.old"):
        world.ask(f"{name}.dname.alpha.", "A", "TXT")
    world.ask("old.dname.alpha.", "DNAME", "AAAA")
    for name in ("www.first", "alias", "www.nowhere", f"{long_label}.overlong"):
        world.ask(f"{name}.dname.alpha.", "A", "AAAA")
    world.ask("moved.alpha.", "MX", "NS", "SOA", "DNAME", "A")
    for name in ("www", "www.new", "absent", "a.b.absent"):
        world.ask(f"{name}.moved.alpha.", "A", "AAAA")


def _deep(world):
    """Delegations several labels down, one below another, and hosts far below a cut."""
    far = ".".join("klmnopqrst")
    world.add("deep.alpha.", NSD, f"www A 192.0.2.1\n{far} A 192.0.2.2\nother.c A 192.0.2.3")
    world.add("a.b.c.deep.alpha.", KNOT, "www A 192.0.2.4\nv.w A 192.0.2.5")
    world.add("x.y.z.a.b.c.deep.alpha.", NSD, f"www A 192.0.2.6\n{far} TXT far")
    world.add("beside.c.deep.alpha.", KNOT, "www A 192.0.2.7")
    world.ask("deep.alpha.", "NS", "SOA", "A")
    world.ask(f"{far}.deep.alpha.", "A", "AAAA")
    for name in ("c", "b.c", "absent.b.c", "other.c", "absent.c", "t", "s.t"):
        world.ask(f"{name}.deep.alpha.", "A", "NS", "DS")
    for zone in ("a.b.c.deep.alpha.", "x.y.z.a.b.c.deep.alpha.", "beside.c.deep.alpha."):
        world.ask(zone, "NS", "SOA", "DS", "A")
        world.ask(f"www.{zone}", "A", "AAAA")
        world.ask(f"absent.{zone}", "A", "MX")
    for name in ("z", "y.z", "absent.y.z", "w", "v.w"):
        world.ask(f"{name}.a.b.c.deep.alpha.", "A", "NS", "TXT")
    world.ask(f"{far}.x.y.z.a.b.c.deep.alpha.", "TXT", "A")
    world.ask(f"absent.{far}.x.y.z.a.b.c.deep.alpha.", "TXT")


def _glueless(world):
    """Name servers whose addresses have to be looked up, at worst through two more zones."""
    body = "www A 192.0.2.1\n@ MX 10 www"
    last = world.add("glueless-3.alpha.", NSD, body)
    world.add("glueless-2.beta.", NSD, _named_hosts(world, NSD) + body, _elsewhere(last))
    world.add(
        "glueless-1.alpha.",
        NSD,
        body,
        {"dns1.glueless-2.beta.": (), "dns2.glueless-2.beta.": ()},
    )
    known = world.own_servers("half-glueless.beta.", NSD, count=1)
    world.add("half-glueless.beta.", NSD, body, {"dns1.glueless-2.beta.": (), **known})
    for zone in ("glueless-1.alpha.", "half-glueless.beta.", "glueless-2.beta.", "glueless-3.alpha."):
        world.ask(zone, "MX", "NS", "SOA", "A", "DS")
        world.ask(f"www.{zone}", "A", "AAAA")
        world.ask(f"absent.{zone}", "A")
    world.ask("dns1.glueless-2.beta.", "A", "AAAA")


def _named_hosts(world, holder):
    return "".join(f"dns{number} A {world.fresh_address(holder)}\n" for number in (1, 2))


def _elsewhere(zone):
    """The servers of `zone` for another one, which has no glue for them."""
    return {name: () for name in zone.servers}


def _large(world):
    """RRsets that do not fit a datagram, so that TCP has to bring them."""

    def strings(count):
        return " ".join(f'"{number:03}-{"x" * 96}"' for number in range(count))

    for holder, zone in ((NSD, "large.alpha."), (KNOT, "large.beta.")):
        lines = [f"text{count} TXT {strings(count)}" for count in (5, 13, 40, 200)]
        lines += [f"mail MX {10 * number} mail-exchanger-{number}.city.{zone}" for number in range(1, 25)]
        lines += [f"addresses A 192.0.2.{number}" for number in range(1, 91)]
        lines += ["alias CNAME text40"]
        world.add(zone, holder, "\n".join(lines))
        for name, kind in (("text5", "TXT"), ("text13", "TXT"), ("text40", "TXT"), ("text200", "TXT")):
            world.ask(f"{name}.{zone}", kind, "A")
        world.ask(f"mail.{zone}", "MX", "A")
        world.ask(f"addresses.{zone}", "A")
        world.ask(f"alias.{zone}", "TXT")


def _odd_names(world):
    long = ".".join(["n" * 63, "m" * 63, "l" * 63])
    odd = [
        r"under_score",
        r"_443._tcp.www",
        r"UPPER",
        r"MiXeD.CaSe",
        r"sp\032ace",
        r"dot\.dot",
        r"nul\000nul",
        r"high\255\128",
        r"quo\"te",
        r"semi\;colon",
        r"back\\slash",
        r"at\@sign",
        r"dollar\$",
        r"-dash-",
        r"a*b",
        r"1.2.3.4",
        r"xn--bcher-kva",
        "o" * 63,
        long,
    ]
    for holder, zone in ((NSD, "odd.alpha."), (KNOT, "oDD.bEta.")):
        lines = [f"{name} A 192.0.2.{number + 1}" for number, name in enumerate(odd)]
        lines += [rf"alias.{number} CNAME {name}" for number, name in enumerate(odd)]
        world.add(zone.lower(), holder, "\n".join(lines))
        for number, name in enumerate(odd):
            world.ask(f"{name}.{zone}", "A", "AAAA")
            world.ask(f"alias.{number}.{zone}", "A")
        for name in ("upper", "mixed.case", r"sp\032acf", r"dot.dot", r"UNDER_score", r"\085pper"):
            world.ask(f"{name}.{zone}", "A")


def _types(world):
    for holder, zone in ((NSD, "types.alpha."), (KNOT, "types.beta.")):
        world.add(
            zone,
            holder,
            r"""srv SRV 10 20 5060 Server
naptr NAPTR 100 10 "u" "E2U+sip" "!^.*$!sip:info@example.alpha!" .
caa CAA 0 issue "ca.alpha"
ptr PTR Server
https HTTPS 1 . alpn=h2 ipv4hint=192.0.2.1
sshfp SSHFP 1 1 0123456789abcdef0123456789abcdef01234567
tlsa TLSA 3 1 1 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
loc LOC 52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m
unknown TYPE65400 \# 4 0a000001
hinfo HINFO "PDP-11" "UNIX"
rp RP who.people Server
null MX 0 .
many A 192.0.2.1
many AAAA 2001:db8::1
many MX 10 server
many TXT one
many TXT two
server A 192.0.2.2
""",
        )
        for kind in ("SRV", "NAPTR", "CAA", "PTR", "HTTPS", "SSHFP", "TLSA", "LOC", "HINFO", "RP"):
            world.ask(f"{kind.lower()}.{zone}", kind, "A", "ANY")
        world.ask(f"unknown.{zone}", "TYPE65400", "TYPE65401", "A", "ANY")
        world.ask(f"null.{zone}", "MX", "ANY")
        world.ask(f"many.{zone}", "A", "AAAA", "MX", "TXT", "SRV", "ANY")
        world.ask(zone, "ANY")
        world.ask(f"absent.{zone}", "SRV", "ANY", "TYPE65400")
    world.ask("wild.alpha.", "ANY")
    world.ask("x.mail.wild.alpha.", "ANY")
    world.ask("x.alias.wild.beta.", "ANY")
    world.ask("text200.large.alpha.", "ANY")
    world.ask("c.deep.alpha.", "ANY")
    world.ask("www.old.dname.alpha.", "ANY")


def _negative(world):
    """Negative answers that live for no time, a short one and a long one (RFC 2308)."""
    for number, negative_ttl in enumerate((0, 1, 60, 86400)):
        zone = f"negative-{number}.beta."
        world.add(zone, KNOT, "www A 192.0.2.1", ttl=600, negative_ttl=negative_ttl)
        for _ in range(2):
            world.ask(f"absent.{zone}", "A")
            world.ask(f"www.{zone}", "MX")


def _name_servers(world):
    """Thirteen name servers, one alone, and a zone that names others than its parent does."""
    body = "www A 192.0.2.1\nwww AAAA 2001:db8::1"
    world.add("thirteen.beta.", (NSD, KNOT), body, world.own_servers("thirteen.beta.", NSD, KNOT, count=13))
    world.add("one.alpha.", KNOT, body, world.own_servers("one.alpha.", KNOT, count=1))
    servers = world.own_servers("child-says-more.alpha.", NSD, KNOT, count=2)
    company = next(iter(world.zones["one.alpha."].servers))
    world.add("child-says-more.alpha.", (NSD, KNOT), body, servers, own_servers=(*servers, company))
    addresses = (world.fresh_address(NSD), world.fresh_address(KNOT), world.fresh_address(NSD))
    world.add("many-addresses.beta.", (NSD, KNOT), body, {"ns.many-addresses.beta.": addresses})
    for zone in ("thirteen.beta.", "one.alpha.", "child-says-more.alpha.", "many-addresses.beta."):
        world.ask(zone, "NS", "SOA", "A", "DS")
        world.ask(f"www.{zone}", "A", "AAAA", "MX")
        for name in world.zones[zone].servers:
            world.ask(name, "A", "AAAA")


def _delegation_signers(world):
    """DS stands at the parent, whoever holds the child."""
    signer = "DS 4711 8 2 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    parent = world.add("signers.beta.", KNOT, "www A 192.0.2.1", at_parent=signer)
    world.add("here.signers.beta.", KNOT, "www A 192.0.2.1", dict(parent.servers), at_parent=signer)
    world.add("there.signers.beta.", NSD, "www A 192.0.2.1", at_parent=signer)
    world.add("signed.alpha.", NSD, "www A 192.0.2.1", at_parent=signer)
    for zone in ("signers.beta.", "here.signers.beta.", "there.signers.beta.", "signed.alpha."):
        world.ask(f"www.{zone}", "A", "DS", "MX")
        world.ask(zone, "DS", "A", "NS")
        world.ask(f"absent.{zone}", "DS")
