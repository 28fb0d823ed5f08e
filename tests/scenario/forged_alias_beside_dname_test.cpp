#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Type;

namespace {

constexpr std::string_view kServer = "192.0.2.1";

struct Moved : test::SignedHost {
  const std::size_t test = serve_signed(
      "test", "old 300 DNAME new\nwww.new 300 A 192.0.2.80\nplain 300 DNAME unsigned\n", {kServer});
  const std::size_t plain = serve("unsigned.test", "www 300 A 192.0.2.81\n", {"192.0.2.2"});
};

wire::RRset cname(std::string_view owner, std::string_view target) {
  wire::RRset made{.owner = wire::Name::literal(owner), .type = Type::CNAME, .ttl = 300};
  made.rdatas.add(wire::Name::literal(target).wire());
  return made;
}

}  // namespace

TEST_CASE("a forged alias beside a DNAME is not looked at") {
  Moved home;
  home.host(kServer).script = [&home](const wire::Question& question) {
    auto answer = home.world.honest(home.host(kServer), question);
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
  Moved home;
  home.host(kServer).script = [](const wire::Question& question) -> std::optional<wire::Answer> {
    if (!question.name.is_within(wire::Name::literal("forged.test"))) return std::nullopt;
    wire::Answer forged;
    forged.authoritative = true;
    forged.answer.push_back(cname("www.forged.test", "www.unsigned.test"));
    return forged;
  };
  CHECK(home.ask_and_wait("www.forged.test").servfail());
}
