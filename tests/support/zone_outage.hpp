// A zone whose only server falls silent after it has answered once.
#pragma once

#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

namespace shirube::test {

struct Outage {
  Outage() {
    home.serve("example.", "* 300 A 192.0.2.80\n", {"192.0.2.1"});
    REQUIRE(home.ask_and_wait("before.example.").records() == 1);
    home.host("192.0.2.1").faults.silent = true;
  }
  IteratingHost home;
};

}  // namespace shirube::test
