#include "tests/support/zone_with_dnames.hpp"

namespace shirube::test {

ZoneWithDnames::ZoneWithDnames() = default;
ZoneWithDnames::~ZoneWithDnames() = default;

}  // namespace shirube::test
