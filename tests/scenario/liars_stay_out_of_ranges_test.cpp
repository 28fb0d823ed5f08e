#include <catch2/catch.hpp>

#include "sim/denial_records.hpp"
#include "tests/support/judged.hpp"
#include "wire/presentation.hpp"

using namespace shirube;
using test::SignedTree;
using wire::Name;
using wire::Rcode;
using wire::Type;

namespace {

// An NSEC that denies all between example.test. and zz.example.test.
[[nodiscard]] wire::RRset wide_nsec(const wire::RdataList& signatures) {
  wire::RRset nsec{.owner = Name::literal("example.test"), .type = Type::NSEC, .ttl = 3'600};
  nsec.rdatas.add(*wire::parse_rdata(Type::NSEC, "zz.example.test. NS SOA RRSIG NSEC DNSKEY"));
  nsec.signatures = signatures;
  return nsec;
}

// The server denies `lie` by such an NSEC, with the signatures of its true one.
void let_lie(SignedTree& home, Name lie) {
  auto& host = home.host(SignedTree::kTreeServer);
  host.script = [&home, &host, lie](const wire::Question& question) -> std::optional<wire::Answer> {
    if (!(question.name == lie)) return std::nullopt;
    auto denial = home.world.honest(host, {Name::literal("0.example.test"), Type::A});
    for (auto& rrset : denial.authority)
      if (rrset.type == Type::NSEC) rrset = wide_nsec(rrset.signatures);
    return denial;
  };
}

}  // namespace

TEST_CASE("a made-up NSEC denies neither the name that was asked for nor any other") {
  SignedTree home;
  let_lie(home, Name::literal("lie.example.test"));
  CHECK(home.ask_and_wait("lie.example.test").servfail());
  CHECK(home.cache.ranges().statistics().records == 0);
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  CHECK(test::secure(home.ask_and_wait("a.wild.example.test")));
  CHECK(home.quiet());
}

TEST_CASE("nor does it for a client that wants no validation") {
  SignedTree home;
  let_lie(home, Name::literal("lie.example.test"));
  auto& careless =
      home.ask(wire::Question{Name::literal("lie.example.test"), Type::A}, cache::View::Unchecked);
  CHECK(home.quiet());
  CHECK(careless.got->answer.rcode == Rcode::NxDomain);
  CHECK(home.cache.ranges().statistics().records == 0);
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  CHECK(home.quiet());
}
