#include "upstream/outdated.hpp"

#include <algorithm>
#include <functional>

namespace shirube::upstream {
namespace {

[[nodiscard]] bool same_source(const ZoneServers& one, const ZoneServers& other) {
  return one.zone == other.zone && std::ranges::any_of(one.servers, [&](const wire::Endpoint& server) {
           return std::ranges::find(other.servers, server) != other.servers.end();
         });
}

// A copy: the parameter may be a temporary.
[[nodiscard]] wire::Name zone_of(const wire::Name& zone) { return zone; }
[[nodiscard]] wire::Name zone_of(const ZoneServers& named) { return named.zone; }
[[nodiscard]] wire::Name zone_of(const dnssec::NegativeTrustAnchor& anchor) { return anchor.zone; }

template <class Item, class Same>
void add_missing(const std::vector<Item>& items, const std::vector<Item>& others, Same same, Outdated& out) {
  for (const auto& item : items) {
    if (std::ranges::none_of(others, [&](const Item& other) { return same(item, other); }))
      out.add(zone_of(item));
  }
}

template <class Item, class Same = std::equal_to<>>
void add_changed(const std::vector<Item>& before, const std::vector<Item>& after, Outdated& out,
                 Same same = {}) {
  add_missing(before, after, same, out);
  add_missing(after, before, same, out);
}

}  // namespace

bool Outdated::everything() const {
  return trust || std::ranges::any_of(zones, [](const wire::Name& zone) { return zone.is_root(); });
}

bool Outdated::holds(const wire::Name& name) const {
  return trust || std::ranges::any_of(zones, [&](const wire::Name& zone) { return name.is_within(zone); });
}

void Outdated::add(const wire::Name& zone) {
  if (std::ranges::find(zones, zone) == zones.end()) zones.push_back(zone);
}

void drop(cache::AnswerCache& cache, const Outdated& outdated) {
  if (outdated.everything()) return cache.clear();
  for (const auto& zone : outdated.zones) cache.erase_subtree(zone);
}

Outdated outdated_by(const UpstreamSettings& before, const UpstreamSettings& after) {
  Outdated out;
  const auto& former = before.trust;
  const auto& trust = after.trust;
  out.trust = !(former.anchors == trust.anchors && former.policy == trust.policy &&
                former.fixed_time == trust.fixed_time);
  add_changed(former.unsigned_zones, trust.unsigned_zones, out);
  add_changed(before.forwards, after.forwards, out, same_source);
  add_changed(before.stubs, after.stubs, out, same_source);
  add_changed(before.iterated, after.iterated, out);
  return out;
}

}  // namespace shirube::upstream
