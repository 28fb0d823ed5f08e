#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/judged.hpp"

using namespace shirube;
using test::SignedTree;
using wire::Name;
using wire::Rcode;
using wire::Type;

namespace {

enum class Place : std::uint8_t { InFront, Behind };

// Every denial comes with as many NSEC3 records more as a reply holds, all badly signed.
void pad(SignedTree& home, Place place) {
  auto& host = home.host(SignedTree::kTreeServer);
  host.script = [&home, &host, place](const wire::Question& question) -> std::optional<wire::Answer> {
    auto denial = home.world.honest(host, question);
    const auto is_nsec3 = [](const wire::RRset& rrset) { return rrset.type == Type::NSEC3; };
    const auto first = std::ranges::find_if(denial.authority, is_nsec3);
    if (first == denial.authority.end()) return std::nullopt;
    std::vector<wire::RRset> padding(220, *first);
    for (std::size_t i = 0; i < padding.size(); ++i)
      padding[i].owner = *Name::parse(fmt::format("{:032}.hashed.test", i));
    denial.authority.insert(place == Place::InFront ? first : denial.authority.end(), padding.begin(),
                            padding.end());
    return denial;
  };
}

void check_cost(const SignedTree& home) {
  const auto& cost = home.resolver.statistics();
  CHECK(cost.nsec3_hashes <= dnssec::kMaxNsec3Hashes);
  CHECK(cost.signature_checks <= dnssec::kMaxSignatureChecks);
  CHECK(cost.failed_checks <= dnssec::kMaxFailedChecks);
}

}  // namespace

TEST_CASE("a proof that lies in front of hundreds of NSEC3 records is found") {
  SignedTree home;
  pad(home, Place::Behind);
  const auto& client = home.ask_and_wait("a.b.c.d.e.f.none.hashed.test");
  CHECK(client.got->answer.rcode == Rcode::NxDomain);
  CHECK(client.got->answer.authentic);
  check_cost(home);
  CHECK(home.quiet());
}

TEST_CASE("one that lies behind them is not, at no greater cost") {
  SignedTree home;
  pad(home, Place::InFront);
  CHECK(home.ask_and_wait("a.b.c.d.e.f.none.hashed.test").servfail());
  check_cost(home);
  CHECK(test::secure(home.ask_and_wait("www.hashed.test")));
  CHECK(home.quiet());
}
