"""Aliases that lead nowhere or in circles, and delegations to servers that do not answer for their zone."""

from support.three_levels.corners import KNOT, NSD

SHORTEST_CHAIN, LONGEST_CHAIN = 3, 9


def add_failures(world):
    _aliases(world)
    _lame(world)
    _cycles(world)


def _chain(length):
    """{zone: lines}: links of a chain of `length` aliases that jumps between two zones at every link."""
    zones = ("aliases.alpha.", "aliases.beta.")
    names = [f"chain{length}-{link}.{zones[link % 2]}" for link in range(length + 1)]
    lines = [f"{name} CNAME {target}" for name, target in zip(names, names[1:])]
    return names, [*lines, f"{names[-1]} A 192.0.2.1"]


def _aliases(world):
    lines = {"aliases.alpha.": [], "aliases.beta.": []}
    for length in range(SHORTEST_CHAIN, LONGEST_CHAIN + 1):
        names, links = _chain(length)
        for name, link in zip(names, links):
            lines[name.partition(".")[2]].append(link)
        world.ask(names[0], "A", "AAAA", "CNAME")
        world.ask(names[1], "MX")
    lines["aliases.alpha."].append(
        """self CNAME self
loop1 CNAME loop2.aliases.beta.
inner1 CNAME inner2
inner2 CNAME inner1
dangling CNAME absent.aliases.beta.
to-absent-zone CNAME www.no-such-zone.alpha.
to-absent-tld CNAME www.no-such-tld.
to-empty CNAME room.ent.aliases.beta.
to-lame CNAME www.all-lame.alpha.
to-wild CNAME anything.wild.beta.
to-wild-alias CNAME x.alias.wild.beta.
to-dname CNAME www.old.dname.alpha.
to-delegation CNAME parent.beta.
in1 CNAME in2
in2 CNAME in3
in3 CNAME end
end A 192.0.2.2"""
    )
    lines["aliases.beta."].append("loop2 CNAME loop1.aliases.alpha.\nhost.room.ent A 192.0.2.3")
    world.add("aliases.alpha.", NSD, "\n".join(lines["aliases.alpha."]))
    world.add("aliases.beta.", KNOT, "\n".join(lines["aliases.beta."]))
    for name in ("self", "loop1", "inner1", "dangling", "to-absent-zone", "to-absent-tld", "to-empty"):
        world.ask(f"{name}.aliases.alpha.", "A", "CNAME", "MX")
    for name in ("to-lame", "to-wild", "to-wild-alias", "to-dname", "to-delegation", "in1", "in2"):
        world.ask(f"{name}.aliases.alpha.", "A", "CNAME", "TXT")


def _lame(world):
    """Holders that do not hold: nsd and Knot refuse. With one good server left, nobody notices.

    Dead servers are left to the simulated internet: unbound now and then takes longer than any client waits.
    """
    body = "www A 192.0.2.1\n@ MX 10 www"
    for zone in ("half-lame.alpha.", "half-lame.beta."):
        bad, good = world.fresh_address(KNOT), world.fresh_address(NSD)
        world.add(zone, NSD, body, {f"bad.{zone}": (bad,), f"good.{zone}": (good,)})
        _ask_about(world, zone)
    for zone in ("all-lame.alpha.", "all-lame.beta."):
        world.add(zone, (), servers=world.own_servers(zone, NSD, KNOT), resolvable=False)
        _ask_about(world, zone)
    # The parent's server is asked again and has no more to say.
    parent = world.add("says-no-more.beta.", KNOT, body)
    world.add(
        "lame.says-no-more.beta.",
        (),
        servers=world.own_servers("lame.says-no-more.beta.", NSD),
        resolvable=False,
    )
    _ask_about(world, parent.origin)
    _ask_about(world, "lame.says-no-more.beta.")
    world.add("nowhere.alpha.", NSD, body, {"ns1.absent.beta.": (), "ns2.absent.beta.": ()}, resolvable=False)
    _ask_about(world, "nowhere.alpha.")
    half = {"ns1.absent.beta.": (), **world.own_servers("half-nowhere.alpha.", NSD, count=1)}
    world.add("half-nowhere.alpha.", NSD, body, half)
    _ask_about(world, "half-nowhere.alpha.")


def _cycles(world):
    """Zones that need each other's names to be found: no way in, but where one has an address of its own."""
    body = "www A 192.0.2.1\nns A 127.40.0.1\n@ MX 10 www"
    for first, second in (("cycle-1.alpha.", "cycle-2.beta."), ("cycle-3.alpha.", "cycle-4.alpha.")):
        world.add(first, NSD, body, {f"ns.{second}": ()}, resolvable=False)
        world.add(second, NSD, body, {f"ns.{first}": ()}, resolvable=False)
        _ask_about(world, first)
        _ask_about(world, second)
    ring = [f"ring-{number}.beta." for number in range(3)]
    for zone, after in zip(ring, ring[1:] + ring[:1]):
        world.add(zone, NSD, body, {f"ns.{after}": ()}, resolvable=False)
        _ask_about(world, zone)
    way_in = world.own_servers("way-in-1.alpha.", NSD, count=1)
    world.add("way-in-1.alpha.", NSD, body, {"ns.way-in-2.beta.": (), **way_in})
    world.add("way-in-2.beta.", NSD, body, {"ns.way-in-1.alpha.": ()})
    _ask_about(world, "way-in-2.beta.")
    _ask_about(world, "way-in-1.alpha.")


def _ask_about(world, zone):
    world.ask(f"www.{zone}", "A", "AAAA")
    world.ask(zone, "MX", "NS")
    world.ask(f"absent.{zone}", "A")
