#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"
#include "tests/support/validating_forwarder.hpp"

using namespace shirube;
using wire::Ede;
using wire::Rcode;
using wire::Type;

TEST_CASE("what a recursor tells is secure, insecure or bogus as if it had been asked for at its source") {
  test::ValidatingForwarder home({test::kFirst});
  CHECK(test::secure(home.ask_and_wait("www.example")));
  CHECK(test::secure(home.ask_and_wait("to.example")));
  for (const auto& [name, type, rcode] :
       {std::tuple{"none.example", Type::A, Rcode::NxDomain},
        std::tuple{"www.example", Type::MX, Rcode::NoError}, std::tuple{"none", Type::A, Rcode::NxDomain}}) {
    const auto& denied = home.ask_and_wait(name, type);
    CAPTURE(name, test::reason(denied));
    CHECK(denied.got->answer.rcode == rcode);
    CHECK(denied.got->answer.authentic);
  }
  CHECK(test::insecure(home.ask_and_wait("www.plain")));
  CHECK(home.failures.seen.empty());
  home.world.zone(home.example).spoil(wire::Name::literal("mail.example"), Type::A, sim::bad_signature());
  const auto& bogus = home.ask_and_wait("mail.example");
  CHECK(test::fails_with(bogus, Ede::DnssecBogus));
  CHECK_THAT(test::reason(bogus), Catch::Contains("mail.example. A"));
  CHECK(home.quiet());
}

TEST_CASE("a zone with keys that its DS does not name is bogus by way of a recursor too") {
  test::ValidatingForwarder home({test::kFirst});
  home.world.zone(home.example).sign({.generation = 1});
  CHECK(test::fails_with(home.ask_and_wait("www.example"), Ede::DnskeyMissing));
}
