// A zone whose only server falls silent after it has answered once.
#pragma once

#include "tests/support/iterating_host.hpp"

namespace shirube::test {

struct Outage {
  Outage();
  IteratingHost home;
};

}  // namespace shirube::test
