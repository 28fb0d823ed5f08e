#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
TEST_CASE("a signed zone is secure by whichever route it is asked for") {
  test::SignedSetup setup;
  const auto zone = wire::Name::literal("hosted.test");
  setup.iterating.settings.stubs.push_back({zone, {*wire::Endpoint::parse("192.0.2.41", 53)}});
  test::SignedTree home(setup);
  const auto hosted = home.serve_signed("hosted.test", "www 300 A 192.0.2.80\n", {"192.0.2.40"});
  home.world.serve("192.0.2.41", hosted);
  CHECK(test::secure(home.ask_and_wait("www.hosted.test")));
  const auto& none = home.ask_and_wait("none.hosted.test");
  CHECK(none.got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(none.got->answer.authentic);
  CHECK(test::secure(home.ask_and_wait("hosted.test", wire::Type::DS)));
  CHECK(home.sent_to("192.0.2.40") == 0);
  CHECK(home.quiet());
}
