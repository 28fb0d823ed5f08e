#include "tests/support/zone_outage.hpp"

#include <catch2/catch.hpp>

namespace shirube::test {

Outage::Outage() {
  home.serve("example.", "* 300 A 192.0.2.80\n", {"192.0.2.1"});
  REQUIRE(home.ask_and_wait("before.example.").records() == 1);
  home.host("192.0.2.1").faults.silent = true;
}

}  // namespace shirube::test
