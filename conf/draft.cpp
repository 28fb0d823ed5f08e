#include "conf/draft.hpp"

#include <algorithm>
#include <initializer_list>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "conf/known_good.hpp"
#include "conf/limits.hpp"
#include "conf/nearest_name.hpp"
#include "conf/own_address.hpp"
#include "conf/root_hints.hpp"
#include "conf/units.hpp"

namespace shirube::conf {
namespace {

wire::Prefix prefix(std::string_view text) { return known_good(wire::Prefix::parse(text)); }
wire::Endpoint endpoint(std::string_view text) { return known_good(wire::Endpoint::parse(text)); }

// Settles one draft; a method a rule.
class Settlement {
 public:
  Settlement(Draft& draft, Problems& problems)
      : draft_(draft), settings_(draft.settings), problems_(problems) {}

  void run() {
    add_profiles();
    add_clients();
    add_zones();
    check_dnsbls();
    check_exempt_zones();
    check_lifetimes();
    check_listen();
    check_transports();
    check_root_hints();
    check_negative_trust_anchors();
    check_trust_anchors();
    settle_trust();
  }

 private:
  void add_profiles() {
    std::map<std::string_view, Position> own;
    for (const ProfileDraft& draft : draft_.profiles) {
      const std::string& name = draft.name.value;
      const auto [first, is_new] = own.try_emplace(name, draft.name.at);
      if (!is_new) {
        report(draft.name.at, "profile {} is already defined{}", in_quotes(name), on_line(first->second));
      } else if (find_profile(name)) {
        report(draft.name.at, "profile {} is built in; give yours another name", in_quotes(name));
      }
      // Looked up before the profile is added: a base is built in, or stands further up.
      const std::size_t base = profile_index(draft.base);
      settings_.policy.profiles.push_back(derived(settings_.policy.profiles[base], draft));
    }
    settings_.policy.default_profile = profile_index(draft_.profile);
  }

  static policy::Profile derived(policy::Profile profile, const ProfileDraft& draft) {
    profile.name = draft.name.value;
    profile.any_fit = draft.any_fit.value_or(profile.any_fit);
    profile.fit_512 = draft.fit_512.value_or(profile.fit_512);
    profile.ipv4_only = draft.ipv4_only.value_or(profile.ipv4_only);
    profile.mx_additional = draft.mx_additional.value_or(profile.mx_additional);
    return profile;
  }

  [[nodiscard]] std::optional<std::size_t> find_profile(std::string_view name) const {
    const auto& profiles = settings_.policy.profiles;
    const auto found = std::ranges::find(profiles, name, &policy::Profile::name);
    if (found == profiles.end()) return std::nullopt;
    return static_cast<std::size_t>(found - profiles.begin());
  }

  std::size_t profile_index(const Located<std::string>& name) {
    const auto index = find_profile(name.value);
    if (!index) report(name.at, "unknown profile {}; {}", in_quotes(name.value), known_profiles(name.value));
    return index.value_or(0);
  }

  [[nodiscard]] std::string known_profiles(std::string_view wrong) const {
    std::vector<std::string_view> names;
    names.reserve(settings_.policy.profiles.size());
    for (const policy::Profile& profile : settings_.policy.profiles) names.emplace_back(profile.name);
    if (const auto nearest = nearest_name(wrong, names))
      return fmt::format("did you mean {}?", in_quotes(*nearest));
    return fmt::format("expected one of {}", on_one_line(fmt::format("{}", fmt::join(names, ", "))));
  }

  void add_clients() {
    for (ClientDraft& draft : draft_.clients) {
      draft.rule.profile = profile_index(draft.profile);
      settings_.policy.clients.push_back(std::move(draft.rule));
    }
  }

  void add_zones() {
    for (ZoneServersDraft& draft : draft_.zones) {
      const auto [first, is_new] = zones_.try_emplace(draft.zone.value, &draft);
      if (!is_new) {
        report(draft.zone.at, "a [[{}]] for zone {} already exists{}", first->second->list->name,
               in_quotes(draft.zone.value.text()), on_line(first->second->zone.at));
      }
      check_servers(draft.servers, fmt::format("{}.servers", draft.list->name));
      (settings_.upstream.*draft.list->zones)
          .push_back({std::move(draft.zone.value), std::move(draft.servers.value)});
    }
  }

  void check_servers(const Located<std::vector<wire::Endpoint>>& servers, std::string_view key) {
    report_repeated(servers.value, servers.at, key);
    for (const wire::Endpoint& server : servers.value) {
      if (!is_own_address(server, settings_.server.listen)) continue;
      report(servers.at, "{}: {} is an address of server.listen: we would ask ourselves", key,
             in_quotes(server.text()));
    }
    if (std::ranges::none_of(servers.value, [&](const auto& server) { return may_ask(server.address); }))
      report_unreachable(servers.at, key);
  }

  // A [[stub]] may hold a DNSBL: the walk begins at its servers. A [[forward]] for the same zone says the
  // opposite.
  void check_dnsbls() {
    const Position at = place_of({"dnsbl.zones"});
    std::unordered_set<wire::Name, wire::NameHash> seen;
    for (const wire::Name& zone : settings_.upstream.iterated) {
      const std::string name = in_quotes(zone.text());
      if (zone.is_root())
        report(at, "dnsbl.zones: {} is no DNSBL; is resolve.mode = \"iterate\" meant?", name);
      if (!seen.insert(zone).second) report(at, "dnsbl.zones: {} is listed twice", name);
      const auto same = zones_.find(zone);
      if (same == zones_.end() || same->second->list != &kForwards) continue;
      report(at, "dnsbl.zones: {} has a [[forward]]{}: it is iterated or forwarded, not both", name,
             on_line(same->second->zone.at));
    }
  }

  void check_exempt_zones() {
    const Position at = place_of({"resolve.rebinding-exempt"});
    std::unordered_set<wire::Name, wire::NameHash> seen;
    for (const wire::Name& zone : settings_.policy.rebinding_exempt) {
      const std::string name = in_quotes(zone.text());
      if (zone.is_root())
        report(at, "resolve.rebinding-exempt: {} exempts all names; use rebinding-protection = false instead",
               name);
      if (!seen.insert(zone).second) report(at, "resolve.rebinding-exempt: {} is listed twice", name);
    }
  }

  void check_root_hints() {
    const Located<std::string>& file = draft_.root_hints;
    const auto is_reachable = [&](const upstream::RootServer& server) {
      return std::ranges::any_of(server.addresses, [&](const auto& address) { return may_ask(address); });
    };
    if (!file.value.empty() && std::ranges::none_of(settings_.upstream.root_hints, is_reachable))
      report_unreachable(file.at, "resolve.root-hints");
  }

  void check_negative_trust_anchors() {
    std::unordered_set<wire::Name, wire::NameHash> seen;
    for (const auto& negative : settings_.upstream.trust.unsigned_zones) {
      if (seen.insert(negative.zone).second) continue;
      report(place_of({"dnssec.negative-trust-anchors"}), "dnssec.negative-trust-anchors: {} is listed twice",
             in_quotes(negative.zone.text()));
    }
  }

  void check_trust_anchors() {
    for (const dnssec::TrustAnchor& anchor : settings_.upstream.trust.anchors.all()) {
      if (anchor.ds.count() + anchor.dnskeys.count() <= kMaxTrustAnchorRecords) continue;
      report(place_of({"dnssec.trust-anchors"}), "dnssec.trust-anchors: more than {} records of {}",
             kMaxTrustAnchorRecords, in_quotes(anchor.zone.text()));
    }
  }

  // The built-in root keys are trusted, and followed when they roll over, unless a file has other ones.
  void settle_trust() {
    dnssec::TrustAnchors& anchors = settings_.upstream.trust.anchors;
    const bool has_own_root = anchors.closest(wire::Name{}) != nullptr;
    if (has_own_root && draft_.seen.contains("dnssec.anchor-state") && !settings_.anchor_state.empty()) {
      report(place_of({"dnssec.anchor-state"}),
             "dnssec.anchor-state is for the built-in root keys, but dnssec.trust-anchors has keys of \".\"");
    }
    if (!draft_.validate || has_own_root) settings_.anchor_state.clear();
    if (!draft_.validate) {
      anchors = {};
    } else if (!has_own_root) {
      anchors.add(dnssec::built_in_root_anchor());
    }
  }

  [[nodiscard]] bool may_ask(const wire::Address& address) const {
    if (address.unmapped().family == wire::Family::V4) return settings_.upstream.ipv4;
    return settings_.upstream.ipv6 != upstream::Ipv6Transport::No;
  }

  void check_lifetimes() {
    const cache::CacheSettings& cache = settings_.cache;
    if (cache.min_ttl <= cache.max_ttl) return;
    report(place_of({"cache.min-ttl", "cache.max-ttl"}), "cache.min-ttl ({}) is above cache.max-ttl ({})",
           duration_text(cache.min_ttl), duration_text(cache.max_ttl));
  }

  void check_listen() {
    report_repeated(settings_.server.listen, place_of({"server.listen"}), "server.listen");
  }

  void check_transports() {
    if (settings_.upstream.ipv4 || settings_.upstream.ipv6 != upstream::Ipv6Transport::No) return;
    report(place_of({"resolve.ipv4"}),
           "resolve.ipv4 and resolve.ipv6 are both \"no\": no server could be queried");
  }

  void report_repeated(std::vector<wire::Endpoint> endpoints, Position at, std::string_view key) {
    std::ranges::sort(endpoints);
    const auto twice = std::ranges::adjacent_find(endpoints);
    if (twice != endpoints.end()) report(at, "{}: {} is listed twice", key, in_quotes(twice->text()));
  }

  void report_unreachable(Position at, std::string_view key) {
    report(at, "{}: none can be asked while resolve.ipv4 or resolve.ipv6 is \"no\"", key);
  }

  // The first of these keys that was set at all.
  [[nodiscard]] Position place_of(std::initializer_list<std::string_view> keys) const {
    for (const std::string_view key : keys) {
      if (const auto found = draft_.seen.find(key); found != draft_.seen.end()) return found->second;
    }
    return {};
  }

  static std::string on_line(Position at) { return at.line == 0 ? "" : fmt::format(", on line {}", at.line); }

  template <class... Arguments>
  void report(Position at, fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    problems_.push_back({at, fmt::format(format, std::forward<Arguments>(arguments)...)});
  }

  Draft& draft_;
  Settings& settings_;
  Problems& problems_;
  std::unordered_map<wire::Name, const ZoneServersDraft*, wire::NameHash> zones_;  // the first of each
};

}  // namespace

Draft new_draft() {
  Draft draft;
  draft.settings.server.listen = {endpoint("127.0.0.1:53"), endpoint("[::1]:53")};
  draft.settings.policy.allow = {prefix("127.0.0.0/8"), prefix("::1/128")};
  draft.settings.upstream.do_not_query = {prefix("0.0.0.0/8"), prefix("127.0.0.0/8"),    prefix("::/128"),
                                          prefix("::1/128"),   prefix("169.254.0.0/16"), prefix("fe80::/10")};
  draft.settings.upstream.root_hints = built_in_root_hints();
  draft.settings.anchor_state = "/var/lib/shirube/root.anchors";
  return draft;
}

Settings settle(Draft draft, Problems& problems) {
  Settlement{draft, problems}.run();
  return std::move(draft.settings);
}

}  // namespace shirube::conf
