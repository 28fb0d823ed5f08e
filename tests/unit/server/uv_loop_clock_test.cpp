// The clock of a loop stands still while a HeldClock lives.
#include <catch2/catch.hpp>

#include "server/uv_loop.hpp"

using namespace shirube;
using server::UvLoop;

namespace {

// However coarse the clock is, it moves some time.
void wait_for_a_later_time(const UvLoop& elsewhere) {
  const auto before = elsewhere.now();
  while (elsewhere.now() == before) {
  }
}

}  // namespace

TEST_CASE("while a HeldClock lives, the loop's time is that of its begin") {
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
