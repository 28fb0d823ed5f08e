// Coroutines for tests: they wait, and note that they were there and that they are gone.
#pragma once

#include <string>
#include <vector>

#include "upstream/awaiting.hpp"
#include "upstream/task.hpp"

namespace shirube::test {

using Notes = std::vector<std::string>;

[[nodiscard]] upstream::Task<int> give(int value);
[[nodiscard]] upstream::Task<int> give_after(upstream::Network* network, wire::Duration after, int value);
// A task whose frame tells when it begins ("+name"), ends ("=name") and goes ("-name").
[[nodiscard]] upstream::Task<void> visit(upstream::Network* network, wire::Duration after, std::string name,
                                         Notes* notes);

}  // namespace shirube::test
