// Some servers say "no such name" to AAAA when they mean that the name has none (RFC 4074 §4.2).
#include <catch2/catch.hpp>

#include "tests/support/resolving_host.hpp"

using namespace shirube;
using test::ResolvingHost;
using wire::Rcode;
using wire::Type;

TEST_CASE("a name that is denied for AAAA still has its A, whichever is asked first") {
  const bool a_first = GENERATE(true, false);
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", test::kExampleZone);
  home.host(test::kFirst).script = [](const wire::Question& asked) -> std::optional<wire::Answer> {
    if (asked.type != Type::AAAA) return std::nullopt;
    wire::Answer denial;
    denial.rcode = Rcode::NxDomain;
    denial.authority.push_back(
        wire::RRset{.owner = wire::Name::literal("example."), .type = Type::SOA, .ttl = 60});
    wire::Bytes soa{0, 0};
    for (int i = 0; i < 5; ++i) soa.insert(soa.end(), {0, 0, 0, 60});
    denial.authority.back().rdatas.add(soa);
    return denial;
  };
  if (a_first) CHECK(home.ask_and_wait("www.example").noerror());
  CHECK(home.ask_and_wait("www.example", Type::AAAA).got->answer.rcode == Rcode::NxDomain);
  CHECK(home.ask_and_wait("www.example").records() == 1);
  const auto before = home.sent();
  CHECK(home.ask_and_wait("www.example", Type::AAAA).got->answer.rcode == Rcode::NxDomain);
  CHECK(home.sent() == before);
}
