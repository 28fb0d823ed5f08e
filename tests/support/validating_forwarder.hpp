// A resolver that validates what recursors tell it. The world behind them: a signed root, the signed zone
// example. and plain., which is not.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "tests/support/judged.hpp"
#include "tests/support/resolving_host.hpp"

namespace shirube::test {

class ValidatingForwarder : public AskingHost {
 public:
  explicit ValidatingForwarder(std::initializer_list<std::string_view> servers, std::uint64_t seed = 1);
  ~ValidatingForwarder();
  // From now on this recursor leaves out all signatures and proofs.
  void strip(std::string_view server);

  const std::size_t root = world.add_zone(".", "@ 300 SOA a. b. 1 1800 900 604800 300\n@ 300 NS a.\n");
  const std::size_t example = world.add_zone("example.", kExampleZone);
  const std::size_t plain = world.add_zone("plain.", kExampleZone);
};

}  // namespace shirube::test
