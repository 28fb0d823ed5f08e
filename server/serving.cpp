#include "server/serving.hpp"

#include <utility>

namespace shirube::server {
namespace {

// Private addresses are normal in zones with servers that the administrator lists, and in block lists.
// Servers for "." answer for all public names, so they are not exempt.
[[nodiscard]] policy::RebindingRule rebinding_rule(const conf::Settings& settings) {
  policy::RebindingRule rule{.is_on = settings.policy.rebinding_protection,
                             .exempt = settings.policy.rebinding_exempt};
  const auto& upstream = settings.upstream;
  rule.exempt.insert(rule.exempt.end(), upstream.iterated.begin(), upstream.iterated.end());
  for (const auto* named : {&upstream.forwards, &upstream.stubs}) {
    for (const auto& zone : *named) {
      if (!zone.zone.is_root()) rule.exempt.push_back(zone.zone);
    }
  }
  return rule;
}

}  // namespace

ServingPtr make_serving(std::shared_ptr<const conf::Settings> settings, bool host_has_ipv6_route) {
  auto serving = std::make_shared<Serving>();
  for (const auto& profile : settings->policy.profiles) {
    serving->rewrites.push_back(policy::effective_rewrites(settings->policy, profile, host_has_ipv6_route));
  }
  serving->rebinding = rebinding_rule(*settings);
  serving->settings = std::move(settings);
  return serving;
}

}  // namespace shirube::server
