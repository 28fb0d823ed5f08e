// May this client ask at all?
// Threads:  pure. A handful of prefixes: a linear walk beats a trie; no allocation.
#pragma once

#include <span>

#include "wire/endpoint.hpp"

namespace shirube::policy {

[[nodiscard]] bool allowed(std::span<const wire::Prefix> allow, const wire::Address& client);

}  // namespace shirube::policy
