// Serving: everything that one worker needs to know to serve, as one immutable value: settings, and the
// rewrites of each profile under the routes of this moment. Replaced as a whole on reload and when routes
// change.
// Threads:  immutable; shared.
#pragma once

#include <memory>
#include <vector>

#include "conf/settings.hpp"
#include "policy/profile_choice.hpp"
#include "policy/rebinding.hpp"

namespace shirube::server {

struct Serving {
  std::shared_ptr<const conf::Settings> settings;
  std::vector<policy::Rewrites> rewrites;  // by index of the profile
  policy::RebindingRule rebinding;
};
using ServingPtr = std::shared_ptr<const Serving>;

[[nodiscard]] ServingPtr make_serving(std::shared_ptr<const conf::Settings> settings,
                                      bool host_has_ipv6_route);

}  // namespace shirube::server
