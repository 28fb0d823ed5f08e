#include "conf/key_table.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "conf/key_maker.hpp"
#include "conf/limits.hpp"

namespace shirube::conf {
namespace {

using std::chrono_literals::operator""s;

constexpr std::array kLogLevels{Word{"debug", LogLevel::Debug}, Word{"info", LogLevel::Info},
                                Word{"warning", LogLevel::Warning}, Word{"error", LogLevel::Error}};
constexpr std::array kLogFormats{Word{"text", LogFormat::Text}, Word{"json", LogFormat::Json}};
constexpr std::array kModes{Word{"iterate", upstream::Mode::Iterate},
                            Word{"forward", upstream::Mode::Forward}};
constexpr std::array kYesNo{Word<bool>{"yes", true, true}, Word<bool>{"no", false, false}};
constexpr std::array kIpv6Transports{Word<upstream::Ipv6Transport>{"auto", upstream::Ipv6Transport::Auto},
                                     Word<upstream::Ipv6Transport>{"yes", upstream::Ipv6Transport::Yes, true},
                                     Word<upstream::Ipv6Transport>{"no", upstream::Ipv6Transport::No, false}};
constexpr std::array kIpv4Only{Word<policy::Ipv4Only>{"auto", policy::Ipv4Only::Auto},
                               Word<policy::Ipv4Only>{"on", policy::Ipv4Only::On, true},
                               Word<policy::Ipv4Only>{"off", policy::Ipv4Only::Off, false}};

template <const ZoneList& list>
void begin_zone(Draft& draft) {
  draft.zones.push_back({.list = &list, .zone = {}, .servers = {}});
}

std::vector<Key> server_keys() {
  return {
      key(
          "server.listen", ListOf<EndpointText>{{"an address to listen on"}, 1, kMaxListen},
          [](Draft& d) -> auto& { return d.settings.server.listen; },
          "Where to listen, on UDP and TCP both. Port 53 when none is given."),
      key(
          "server.workers", WholeNumber{0, kMaxWorkers},
          [](Draft& d) -> auto& { return d.settings.server.workers; },
          "Threads, each with a loop and sockets of its own. 0 = one a core."),
      key(
          "server.user", Text{kMaxUserLength}, [](Draft& d) -> auto& { return d.settings.server.user; },
          "User to switch to after binding, when started as root. \"\" = stay root."),
      key(
          "server.allow", ListOf<PrefixText>{{}, 1, kMaxPrefixes},
          [](Draft& d) -> auto& { return d.settings.policy.allow; },
          "Clients that may ask. Others get REFUSED (EDE 18)."),
      key(
          "server.identity", Text{kMaxTxtLength},
          [](Draft& d) -> auto& { return d.settings.policy.identity; },
          "The answer to id.server CH TXT. \"\" = refused."),
      key(
          "server.version", Text{kMaxTxtLength}, [](Draft& d) -> auto& { return d.settings.policy.version; },
          "The answer to version.bind CH TXT. \"\" = refused."),
  };
}

std::vector<Key> resolve_keys() {
  return {
      key(
          "resolve.mode", Choice<upstream::Mode>{kModes},
          [](Draft& d) -> auto& { return d.settings.upstream.mode; },
          "The source of answers for names outside all [[forward]] and [[stub]] zones. \"iterate\": the "
          "authoritative servers, from the root down; a mail host needs this. \"forward\": the name "
          "servers of /etc/resolv.conf except Shirube itself, unless a [[forward]] for \".\" names others."),
      key(
          "resolve.root-hints", Path{kMaxPathLength}, [](Draft& d) -> auto& { return d.root_hints; },
          "A file in the form of IANA's named.root: where iterating begins. \"\" = the root servers of the "
          "Internet, built in. Read at start and on reload."),
      key(
          "resolve.qname-minimisation", Flag{},
          [](Draft& d) -> auto& { return d.settings.upstream.qname_minimisation; },
          "Ask the servers on the way down for no more of the name than they need (RFC 9156)."),
      key(
          "resolve.case-randomisation", Flag{},
          [](Draft& d) -> auto& { return d.settings.upstream.case_randomisation; },
          "Send names in random case (0x20), which makes forged replies harder. A server that compares names "
          "with case is detected and gets names without random case."),
      key(
          "resolve.case-exempt", ListOf<PrefixText>{{}, 0, kMaxPrefixes},
          [](Draft& d) -> auto& { return d.settings.upstream.case_exempt; },
          "Servers that always get names without random case."),
      key(
          "resolve.ipv4", Choice<bool>{kYesNo}, [](Draft& d) -> auto& { return d.settings.upstream.ipv4; },
          "May servers be asked over IPv4?"),
      key(
          "resolve.ipv6", Choice<upstream::Ipv6Transport>{kIpv6Transports},
          [](Draft& d) -> auto& { return d.settings.upstream.ipv6; },
          "May servers be asked over IPv6? \"auto\" = while the host has a route."),
      key(
          "resolve.local-names", Flag{}, [](Draft& d) -> auto& { return d.settings.policy.local_names; },
          "Answer localhost, private reverse zones and the like here (RFC 6761, 6303, 7686, 8375) "
          "instead of asking the world. A [[forward]] or [[stub]] for such a zone wins."),
      key(
          "resolve.rebinding-protection", Flag{},
          [](Draft& d) -> auto& { return d.settings.policy.rebinding_protection; },
          "Remove private addresses (10.0.0.0/8, 127.0.0.0/8, fd00::/8 and the like) from answers to public "
          "names. This stops web pages that use such names to reach devices in the user's network. Exempt: "
          "the zones of [[forward]] and [[stub]] except \".\", `dnsbl.zones`, and resolve.rebinding-exempt."),
      key(
          "resolve.rebinding-exempt", ListOf<DomainName>{{}, 0, kMaxExemptZones},
          [](Draft& d) -> auto& { return d.settings.policy.rebinding_exempt; },
          "Public zones whose names may have private addresses, such as a company's own zone or a block "
          "list."),
      key(
          "resolve.do-not-query", ListOf<PrefixText>{{}, 0, kMaxPrefixes},
          [](Draft& d) -> auto& { return d.settings.upstream.do_not_query; },
          "Server addresses learnt from DNS that are never queried. Servers named in this file, and root "
          "hints, are exempt."),
      key(
          "resolve.deadline", Span{kMinDeadline, kMaxDeadline},
          [](Draft& d) -> auto& { return d.settings.upstream.deadline; },
          "The longest time until a client gets an answer: the real one, a stale one or SERVFAIL. "
          "Resolver libraries ask again after 5 s."),
  };
}

std::vector<Key> cache_keys() {
  return {
      key(
          "cache.size", Size{kMinCacheSize, kMaxCacheSize},
          [](Draft& d) -> auto& { return d.settings.cache.size; },
          "Memory for answers. A bare number means bytes."),
      key(
          "cache.min-ttl", Lifetime{0s, kMaxMinTtl},
          [](Draft& d) -> auto& { return d.settings.cache.min_ttl; }, "Lower TTLs are raised to this."),
      key(
          "cache.max-ttl", Lifetime{1s, kMaxMaxTtl},
          [](Draft& d) -> auto& { return d.settings.cache.max_ttl; }, "Higher TTLs are lowered to this."),
      key(
          "cache.negative-max-ttl", Lifetime{0s, kMaxNegativeTtl},
          [](Draft& d) -> auto& { return d.settings.cache.negative_max_ttl; },
          "The same for \"no such name\" and \"no such record\" (RFC 2308)."),
      key(
          "cache.serve-stale", Lifetime{0s, kMaxServeStale},
          [](Draft& d) -> auto& { return d.settings.cache.serve_stale; },
          "How long an expired answer may still be used when no server answers (RFC 8767). A signed answer "
          "is used only until its signatures expire. \"0s\" = never."),
      key(
          "cache.prefetch", Flag{}, [](Draft& d) -> auto& { return d.settings.cache.prefetch; },
          "Renew what is asked often shortly before it expires."),
  };
}

std::vector<Key> policy_keys() {
  return {
      key(
          "policy.profile", Identifier{kMaxProfileNameLength}, [](Draft& d) -> auto& { return d.profile; },
          "The profile of clients that no [[client]] matches: \"standard\", \"legacy-512\", \"squid\", "
          "\"ipv4-only\", or one of [[profile]]."),
      key(
          "policy.ipv4-only", Choice<policy::Ipv4Only>{kIpv4Only},
          [](Draft& d) -> auto& { return d.settings.policy.ipv4_only; },
          "Decides for profiles with `ipv4-only = \"auto\"`. \"auto\" = on while the host has no IPv6 "
          "default route."),
  };
}

std::vector<Key> log_keys() {
  return {
      key(
          "log.level", Choice<LogLevel>{kLogLevels}, [](Draft& d) -> auto& { return d.settings.log.level; },
          "The least important events that are logged. \"debug\" adds a line for each failed lookup, for "
          "each change in what is known of a server or a zone, and for each rewritten answer, at most 20 a "
          "second in the long run; logging.md lists them."),
      key(
          "log.format", Choice<LogFormat>{kLogFormats},
          [](Draft& d) -> auto& { return d.settings.log.format; },
          "One line an event, for people or for machines."),
  };
}

std::vector<Key> zone_keys(const ZoneList& list, std::string_view zone, std::string_view servers) {
  return {
      required(key(
          fmt::format("{}.zone", list.name), DomainName{},
          [](Draft& d) -> auto& { return d.zones.back().zone; }, zone)),
      required(key(
          fmt::format("{}.servers", list.name), ListOf<ServerText>{{}, 1, kMaxServersPerZone},
          [](Draft& d) -> auto& { return d.zones.back().servers; }, servers)),
  };
}

std::vector<Key> forward_keys() {
  return zone_keys(kForwards, "The zone; \".\" for all names.",
                   "Resolvers. Faster servers are preferred. Port 53 when none is given.");
}

std::vector<Key> stub_keys() {
  return zone_keys(kStubs, "The zone; what it delegates is found from there.",
                   "Its authoritative servers, or resolvers that know it. Faster servers are preferred. "
                   "Port 53 when none is given.");
}

std::vector<Key> dnsbl_keys() {
  return {
      key(
          "dnsbl.zones", ListOf<DomainName>{{}, 0, kMaxDnsbls},
          [](Draft& d) -> auto& { return d.settings.upstream.iterated; },
          "Zones that are iterated even if a [[forward]] for a zone above, or resolve.mode, says otherwise."),
      later("dnsbl.blocked-answer", "an answer of its own for refused DNSBL queries"),
  };
}

std::vector<Key> client_keys() {
  return {
      otherwise(key(
                    "client.match.from", ListOf<PrefixText>{{}, 1, kMaxPrefixes},
                    [](Draft& d) -> auto& { return d.clients.back().rule.from; },
                    "The client's address is in one of these."),
                "any address"),
      otherwise(key(
                    "client.match.edns", Flag{}, [](Draft& d) -> auto& { return d.clients.back().rule.edns; },
                    "Does the query carry EDNS? Programs of before 1999, and Squid, send none."),
                "either"),
      later("client.match.user", "matching by local user"),
      required(key(
          "client.profile", Identifier{kMaxProfileNameLength},
          [](Draft& d) -> auto& { return d.clients.back().profile; }, "What such clients get.")),
  };
}

std::vector<Key> profile_keys() {
  constexpr std::string_view kInherited = "as in `base`";
  return {
      required(key(
          "profile.name", Identifier{kMaxProfileNameLength},
          [](Draft& d) -> auto& { return d.profiles.back().name; },
          "What `profile = ...` calls it. The names of the built-in profiles are taken.")),
      key(
          "profile.base", Identifier{kMaxProfileNameLength},
          [](Draft& d) -> auto& { return d.profiles.back().base; },
          "Where it takes the rest from: a built-in profile, or one further up in the file."),
      otherwise(key(
                    "profile.any-fit", Flag{}, [](Draft& d) -> auto& { return d.profiles.back().any_fit; },
                    "ANY is answered with as many of the important records as fit."),
                kInherited),
      otherwise(key(
                    "profile.fit-512", Flag{}, [](Draft& d) -> auto& { return d.profiles.back().fit_512; },
                    "Answers of over 512 bytes to a client without EDNS keep the best records instead of "
                    "being truncated."),
                kInherited),
      otherwise(key(
                    "profile.ipv4-only", Choice<policy::Ipv4Only>{kIpv4Only},
                    [](Draft& d) -> auto& { return d.profiles.back().ipv4_only; },
                    "IPv6 addresses are left out. \"auto\" follows `policy.ipv4-only`."),
                kInherited),
      otherwise(key(
                    "profile.mx-additional", Flag{},
                    [](Draft& d) -> auto& { return d.profiles.back().mx_additional; },
                    "Addresses of MX and SRV targets come along when they fit."),
                kInherited),
  };
}

std::vector<Key> build_keys() {
  std::vector<Key> all;
  for (auto* part : {server_keys, resolve_keys, forward_keys, stub_keys, dnsbl_keys, dnssec_keys, cache_keys,
                     policy_keys, client_keys, profile_keys, log_keys}) {
    std::ranges::move(part(), std::back_inserter(all));
  }
  return all;
}

}  // namespace

const std::vector<Key>& keys() {
  static const std::vector<Key> kAll = build_keys();
  return kAll;
}

const std::vector<Section>& sections() {
  static const std::vector<Section> kAll{
      {"server", "The process and its clients."},
      {"resolve", "Where and how names are looked up."},
      {"dnsbl",
       "DNS block lists. Most refuse to answer resolvers that many share, or answer them wrongly: ask them "
       "directly."},
      {"dnssec",
       "Validation. A bogus answer is not sent: the client gets SERVFAIL with the reason as an extended "
       "error."},
      {"cache", "The cache of answers. TTLs and times are whole seconds."},
      {"policy", "The form of the answers for each kind of client."},
      {"log", "Logging."},
  };
  return kAll;
}

const std::vector<TableList>& table_lists() {
  static const std::vector<TableList> kAll{
      {kForwards.name, kMaxZones, begin_zone<kForwards>,
       "Zones that other resolvers are asked about. Of the zones of all [[forward]], [[stub]] and "
       "`dnsbl.zones` the "
       "longest that holds the name wins. A zone stands once in [[forward]] or [[stub]].",
       "[[forward]]\nzone = \"corp.example\"\nservers = [\"192.0.2.10\", \"192.0.2.11:5353\", "
       "\"[2001:db8::53]:53\"]\n"},
      {kStubs.name, kMaxZones, begin_zone<kStubs>,
       "Zones whose servers are known here: an internal zone, or a DNSBL of one's own. The servers are asked "
       "without RD (recursion desired). A server that refuses this or has no answer to it may be a resolver: "
       "it is asked again with RD, and if it then answers, later questions go out with RD for five "
       "minutes.",
       "[[stub]]\nzone = \"internal.example\"\nservers = [\"192.0.2.20\", \"[2001:db8::20]:53\"]\n"},
      {"client", kMaxClients, [](Draft& d) { d.clients.emplace_back(); },
       "Which clients get which profile. The first that matches decides; all conditions of `match` must "
       "hold.",
       "[[client]]\nmatch = { from = [\"10.1.0.0/16\"], edns = false }\nprofile = \"legacy-512\"\n"},
      {"profile", kMaxProfiles, [](Draft& d) { d.profiles.emplace_back(); },
       "A named bundle of rewrites, besides the built-in ones.",
       "[[profile]]\nname = \"my-relay\"\nbase = \"legacy-512\"\nmx-additional = true\n"},
  };
  return kAll;
}

}  // namespace shirube::conf
