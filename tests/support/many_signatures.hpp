// Keys and signatures in numbers that no honest zone has: what KeyTrap (CVE-2023-50387) was made of.
#pragma once

#include <cstddef>

#include "sim/zone.hpp"

namespace shirube::test {

// `count` more keys, all with the tag of the first one, signed as the zone would. REQUIRES: a key of RSA.
[[nodiscard]] sim::Defect with_keys_of_one_tag(std::size_t count);
// `count` signatures that only verifying tells from the good one, which is the last.
[[nodiscard]] sim::Defect with_bad_signatures_first(std::size_t count);

}  // namespace shirube::test
