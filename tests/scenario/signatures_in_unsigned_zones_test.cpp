#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Type;

TEST_CASE("signatures in a zone without DS vouch for nothing, and break nothing") {
  const auto defect =
      GENERATE_COPY(values<sim::Defect>({sim::bad_signature(), sim::unsigned_rrset(),
                                         sim::signed_within({test::kBegin - 200, test::kBegin - 100})}));
  test::SignedTree home;
  home.world.zone(home.not_signed).sign({});
  for (const auto* name : {"www.unsigned.test", "to.unsigned.test"})
    home.spoil(home.not_signed, name, Type::A, defect);
  home.spoil(home.not_signed, "unsigned.test", Type::DNSKEY, defect);
  home.spoil(home.not_signed, "www.unsigned.test", Type::NSEC, sim::missing());
  CHECK(test::insecure(home.ask_and_wait("www.unsigned.test")));
  CHECK(test::insecure(home.ask_and_wait("to.unsigned.test")));
  const auto& none = home.ask_and_wait("www.unsigned.test", Type::MX);
  CHECK(none.noerror());
  CHECK_FALSE(none.got->answer.authentic);
  CHECK(home.failures.seen.empty());
}
