#include "server/serving.hpp"

#include <utility>

namespace shirube::server {

ServingPtr make_serving(std::shared_ptr<const conf::Settings> settings, bool host_has_ipv6_route) {
  auto serving = std::make_shared<Serving>();
  for (const auto& profile : settings->policy.profiles) {
    serving->rewrites.push_back(policy::effective_rewrites(settings->policy, profile, host_has_ipv6_route));
  }
  serving->settings = std::move(settings);
  return serving;
}

}  // namespace shirube::server
