#include "policy/access.hpp"

#include <algorithm>

namespace shirube::policy {

bool allowed(std::span<const wire::Prefix> allow, const wire::Address& client) {
  return std::ranges::any_of(allow, [&](const wire::Prefix& prefix) { return prefix.contains(client); });
}

}  // namespace shirube::policy
