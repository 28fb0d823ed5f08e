"""Zones as data: what stands in them, which authority holds them, and how they are delegated.

An authority is one process with a range of addresses; it answers for every zone that it holds on every one of
them, and refuses all others: a delegation to an authority that does not hold the zone is a lame one.
"""

import itertools
from dataclasses import dataclass, field

NETWORK = "127.32.0.0/11"  # every authority's addresses are in it, and nobody else's
ROOT_TTL = 86400


@dataclass(frozen=True)
class Authority:
    """One process. `pool` addresses, from `first` (its two upper octets) on."""

    name: str
    program: str  # "nsd" or "knot"
    first: str
    pool: int

    def address(self, number):
        high, low = divmod(number % self.pool, 250)
        return f"{self.first}.{high}.{low + 1}"

    def addresses(self):
        return [self.address(number) for number in range(self.pool)]


@dataclass
class Zone:
    """`body` is zone file text with names relative to the origin; SOA and NS are added to it."""

    origin: str
    holders: tuple  # names of authorities
    servers: dict  # name: addresses; () for a name whose addresses stand in another zone
    body: str = ""
    own_servers: tuple = ()  # NS of the zone itself when they are not those that the parent names
    at_parent: str = ""  # zone file text beside the delegation, say a DS
    ttl: int = 3600
    negative_ttl: int = 300
    resolvable: bool = True  # False: nobody can get an answer out of it
    signing: object = None  # zone_signing.Recipe when the zone is to be signed

    def head(self):
        names = self.own_servers or tuple(self.servers)
        primary = names[0]
        lines = [
            f"$ORIGIN {self.origin}",
            f"$TTL {self.ttl}",
            f"@ IN SOA {primary} hostmaster.{self.origin.lstrip('.')} 1 7200 900 1209600 {self.negative_ttl}",
        ]
        lines += [f"@ IN NS {name}" for name in names]
        lines += [
            line for name in self.servers if is_below(name, self.origin) for line in self._addresses(name)
        ]
        return lines

    def delegation(self):
        """What the parent says: NS, and the addresses of name servers within the zone."""
        lines = [f"{self.origin} IN NS {name}" for name in self.servers]
        lines += [
            line for name in self.servers if is_below(name, self.origin) for line in self._addresses(name)
        ]
        return lines + ([f"{self.origin} IN {self.at_parent}"] if self.at_parent else [])

    def _addresses(self, name):
        return [f"{name} IN A {address}" for address in self.servers[name]]


def is_below(name, origin):
    """Is `name` the origin or below it? Both absolute, without escapes."""
    return origin == "." or name == origin or name.endswith("." + origin)


def parents(name):
    """The names above `name`, the nearest first, the root last."""
    while name != ".":
        name = name.partition(".")[2] or "."
        yield name


@dataclass
class World:
    """Zones by origin, authorities by name, and the questions that are worth asking."""

    authorities: dict = field(default_factory=dict)
    zones: dict = field(default_factory=dict)
    questions: list = field(default_factory=list)
    trust_anchors: str = ""  # records; without any nobody validates
    _next_address: dict = field(default_factory=dict)

    def add_authority(self, name, program, first, pool):
        self.authorities[name] = Authority(name, program, first, pool)
        self._next_address[name] = itertools.count()

    def fresh_address(self, authority):
        """The next address of an authority; they go round when the pool is used up."""
        return self.authorities[authority].address(next(self._next_address[authority]))

    def own_servers(self, origin, *holders, count=2):
        """`count` name servers ns1, ns2... within the zone, on the holders in turn."""
        return {
            f"ns{number + 1}.{origin.lstrip('.')}": (self.fresh_address(holders[number % len(holders)]),)
            for number in range(count)
        }

    def add(self, origin, holders, body="", servers=None, **more):
        """A zone with two name servers of its own, unless `servers` says who they are."""
        holders = (holders,) if isinstance(holders, str) else tuple(holders)
        servers = servers or self.own_servers(origin, *holders)
        if origin in self.zones:
            raise ValueError(f"a second {origin}")
        self.zones[origin] = Zone(origin, holders, servers, body, **more)
        return self.zones[origin]

    def add_registry(self, origin, holder, letters):
        """The root or a top-level domain, with a name server for each of `letters`."""
        home = "root." if origin == "." else f"nic.{origin}"
        servers = {f"{letter}.{home}": (self.fresh_address(holder),) for letter in letters}
        return self.add(origin, holder, servers=servers, ttl=ROOT_TTL)

    def ask(self, name, *kinds):
        self.questions += [(name, kind) for kind in kinds]

    def texts(self):
        """{origin: zone file}."""
        delegations = {origin: [] for origin in self.zones}
        for origin, zone in self.zones.items():
            if origin != ".":
                parent = next(name for name in parents(origin) if name in self.zones)
                delegations[parent] += zone.delegation()
        return {
            origin: "\n".join([*zone.head(), zone.body, *delegations[origin]]) + "\n"
            for origin, zone in self.zones.items()
        }

    def hints(self):
        """The root's name servers as named.root has them."""
        lines = []
        for name, addresses in self.zones["."].servers.items():
            lines.append(f".  3600000  NS  {name}")
            lines += [f"{name}  3600000  A  {address}" for address in addresses]
        return "\n".join(lines) + "\n"


def founded(tlds, pool):
    """A world with a root, `tlds` on nsd and Knot in turn, and two authorities for the zones below them."""
    world = World()
    world.add_authority("root", "nsd", "127.32", 2)
    world.add_authority("nsd-tlds", "nsd", "127.33", 3 * len(tlds))
    world.add_authority("knot-tlds", "knot", "127.34", 3 * len(tlds))
    world.add_authority("nsd-zones", "nsd", "127.40", pool)
    world.add_authority("knot-zones", "knot", "127.41", pool)
    world.add_registry(".", "root", "ab")
    for tld, holder in zip(tlds, itertools.cycle(["nsd-tlds", "knot-tlds"])):
        world.add_registry(tld, holder, "abc")
    return world
