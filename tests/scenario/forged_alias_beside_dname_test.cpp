#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"
#include "tests/support/zone_with_dnames.hpp"

using namespace shirube;
using test::ZoneWithDnames;
using wire::Type;

namespace {

wire::RRset cname(std::string_view owner, std::string_view target) {
  wire::RRset made{.owner = wire::Name::literal(owner), .type = Type::CNAME, .ttl = 300};
  made.rdatas.add(wire::Name::literal(target).wire());
  return made;
}

}  // namespace

TEST_CASE("a forged alias beside a DNAME is not looked at") {
  ZoneWithDnames home;
  home.host(ZoneWithDnames::kServer).script = [&home](const wire::Question& question) {
    auto answer = home.world.honest(home.host(ZoneWithDnames::kServer), question);
    for (auto& rrset : answer.answer) {
      if (rrset.type == Type::CNAME) rrset = cname("www.old.test", "www.unsigned.test");
    }
    return answer;
  };
  const auto& client = home.ask_and_wait("www.old.test");
  CHECK(test::secure(client));
  CHECK(test::has(client, Type::A, "192.0.2.80"));
}

TEST_CASE("an alias that only a DNAME could have made is bogus without one") {
  ZoneWithDnames home;
  home.host(ZoneWithDnames::kServer).script =
      [](const wire::Question& question) -> std::optional<wire::Answer> {
    if (!question.name.is_within(wire::Name::literal("forged.test"))) return std::nullopt;
    wire::Answer forged;
    forged.authoritative = true;
    forged.answer.push_back(cname("www.forged.test", "www.unsigned.test"));
    return forged;
  };
  CHECK(home.ask_and_wait("www.forged.test").servfail());
}
