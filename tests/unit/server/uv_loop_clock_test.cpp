// The clock of a loop stands still while a HeldClock exists.
#include <catch2/catch.hpp>

#include "server/uv_loop.hpp"

using namespace shirube;
using server::UvLoop;

namespace {

// Waits until the clock has moved, even if the clock is coarse.
void wait_for_a_later_time(const UvLoop& elsewhere) {
  const auto before = elsewhere.now();
  while (elsewhere.now() == before) {
  }
}

}  // namespace

TEST_CASE("while a HeldClock exists, now() returns the time of its construction") {
  UvLoop loop;
  const UvLoop other;
  const auto before = loop.now();
  {
    const UvLoop::HeldClock held(loop);
    const auto begin = loop.now();
    CHECK(begin >= before);
    wait_for_a_later_time(other);
    CHECK(loop.now() == begin);
    {
      const UvLoop::HeldClock inner(loop);
      CHECK(loop.now() == begin);
    }
    CHECK(loop.now() == begin);
    CHECK(other.now() > begin);
  }
  CHECK(loop.now() > before);
}
