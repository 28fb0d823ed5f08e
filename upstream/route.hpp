// Route: how a name is answered: by a forwarder, or by the walk from a stub or from the root.
// Threads:  pure.
// Rules:    of all [[forward]], [[stub]] and [dnsbl] zones that hold the name the longest wins; when none does,
//           the mode decides. DS belongs to the parent's side of a cut (RFC 4035 §3.1.4.1), so a DS of such a
//           zone's own name goes where the parent's names go.
#pragma once

#include "upstream/settings.hpp"
#include "wire/message.hpp"

namespace shirube::upstream {

enum class RouteKind : std::uint8_t {
  Forward,  // ask `servers`, who recurse
  Stub,     // the walk begins at `servers`
  Walk,     // the walk begins at the root
  Nowhere,  // mode "forward" without anybody to forward to
};

struct Route {
  RouteKind kind = RouteKind::Nowhere;
  const ZoneServers* servers = nullptr;  // Forward, Stub: of the settings
  [[nodiscard]] bool walks() const { return kind == RouteKind::Stub || kind == RouteKind::Walk; }
  friend bool operator==(const Route&, const Route&) = default;
};

[[nodiscard]] Route choose_route(const UpstreamSettings& settings, const wire::Question& question);
// Does a [[forward]] or [[stub]] name this zone, or one below it that holds the name? Then the zone is not
// answered locally.
[[nodiscard]] bool overrides_local(const UpstreamSettings& settings, const wire::Name& name,
                                   const wire::Name& local_zone);

// Purview: the names about which the servers of one route and zone are believed. A forwarder says nothing
// about names that are iterated, and the other way round (MaginotDNS, CVE-2021-25220).
class Purview {
 public:
  // `settings` and `zone` must outlive it.
  Purview(const UpstreamSettings& settings, Route route, const wire::Name& zone)
      : settings_(&settings), route_(route), zone_(&zone) {}
  [[nodiscard]] bool holds(const wire::Name& name, wire::Type type) const {
    return name.is_within(*zone_) && choose_route(*settings_, {name, type, wire::Class::IN}) == route_;
  }
  [[nodiscard]] const wire::Name& zone() const { return *zone_; }

 private:
  const UpstreamSettings* settings_;
  Route route_;
  const wire::Name* zone_;
};

}  // namespace shirube::upstream
