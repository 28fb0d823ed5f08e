#include <catch2/catch.hpp>

#include "tests/unit/sim/zones.hpp"

using namespace shirube;
using test::question;
using wire::Type;

TEST_CASE("ANY gets all RRsets of the name") {
  const auto zone =
      test::zone("a.example", "@ SOA ns h 1 2 3 4 60\n@ A 192.0.2.1\n@ MX 1 m\nm A 192.0.2.2\n");
  const auto answer = zone.lookup(question("a.example", Type::ANY));
  CHECK(answer.answer.size() == 3);
  CHECK(answer.authority.empty());
}

TEST_CASE("RRSIG gets all signatures of the name as one RRset") {
  const auto zone = test::zone("a.example", R"(@ 300 A 192.0.2.1
@ 300 RRSIG A 8 2 300 20380101000000 20250101000000 1 a.example. AAAA
@ 200 MX 1 m
@ 200 RRSIG MX 8 2 200 20380101000000 20250101000000 1 a.example. AAAA
)");
  const auto answer = zone.lookup(question("a.example", Type::RRSIG));
  REQUIRE(answer.answer.size() == 1);
  CHECK(answer.answer[0].rdatas.count() == 2);
  CHECK(answer.answer[0].ttl == 200);
}
