#include "tests/support/lame.hpp"

namespace shirube::test {

void make_lame(IteratingHost& home, bool sim::Faults::* how) {
  auto& host = home.host("192.0.2.1");
  host.faults.*how = true;
  if (how == &sim::Faults::upward_referral) host.zones.clear();
}

}  // namespace shirube::test
