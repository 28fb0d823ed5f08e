#include "upstream/route.hpp"

#include <algorithm>

#include "wire/zone_cut.hpp"

namespace shirube::upstream {
namespace {

// The longest zone that holds a name, whoever offers it.
class Longest {
 public:
  explicit Longest(const wire::Name& name) : name_(name) {}
  void offer(const wire::Name& zone, Route route) {
    if (!name_.is_within(zone)) return;
    const auto labels = static_cast<int>(zone.label_count());
    if (labels <= labels_) return;
    labels_ = labels;
    route_ = route;
  }
  [[nodiscard]] bool found() const { return labels_ >= 0; }
  [[nodiscard]] Route route() const { return route_; }

 private:
  const wire::Name& name_;
  int labels_ = -1;
  Route route_;
};

}  // namespace

Route choose_route(const UpstreamSettings& settings, const wire::Question& question) {
  const Route otherwise{settings.mode == Mode::Iterate ? RouteKind::Walk : RouteKind::Nowhere, nullptr};
  if (settings.stubs.empty() && settings.iterated.empty() && settings.forwards.empty()) return otherwise;
  const auto name = wire::name_above_cut(question);
  Longest longest(name);
  // Among equals the first: a block list served at home is a stub, and to name a DNSBL is to say that it is
  // not forwarded.
  for (const auto& stub : settings.stubs) longest.offer(stub.zone, {RouteKind::Stub, &stub});
  for (const auto& zone : settings.iterated) longest.offer(zone, {RouteKind::Walk, nullptr});
  for (const auto& forward : settings.forwards) longest.offer(forward.zone, {RouteKind::Forward, &forward});
  return longest.found() ? longest.route() : otherwise;
}

bool overrides_local(const UpstreamSettings& settings, const wire::Name& name, const wire::Name& local_zone) {
  const auto names_it = [&](const ZoneServers& named) {
    return named.zone.is_within(local_zone) && name.is_within(named.zone);
  };
  return std::ranges::any_of(settings.forwards, names_it) || std::ranges::any_of(settings.stubs, names_it);
}

}  // namespace shirube::upstream
