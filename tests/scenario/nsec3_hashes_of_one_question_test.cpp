#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using test::SignedHost;
using wire::Name;
using wire::Type;

namespace {

// "x.x. ... .x.deep.test."
[[nodiscard]] std::string deep_name(int labels) {
  std::string name;
  for (int i = 0; i < labels; ++i) name += "x.";
  return name + "deep.test";
}

// With more iterations than anybody needs, and few enough to be hashed.
void serve_deep_zone(SignedHost& home) {
  home.serve_signed("test", "", {"192.0.2.10"});
  const auto deep = home.serve_signed("deep.test", deep_name(100) + ". 300 TXT \"x\"\n", {"192.0.2.11"},
                                      {.denial = sim::DenialForm::Nsec3, .iterations = 50, .salt = {1, 2}});
  home.world.zone(deep).spoil(Name::literal(deep_name(100)), Type::TXT, sim::unsigned_rrset());
}

}  // namespace

TEST_CASE("a search for a zone cut along a hundred labels computes no more hashes than one question may") {
  SignedHost home;
  serve_deep_zone(home);
  static_cast<void>(
      home.ask_and_wait("test", Type::NS));  // the root has told its servers, beside the question
  for (std::uint64_t questions = 1; questions <= 3; ++questions) {
    const auto packets = home.sent();
    CHECK(home.ask_and_wait(deep_name(100), Type::TXT).servfail());
    CHECK(home.resolver.statistics().nsec3_hashes <= questions * dnssec::kMaxNsec3Hashes);
    CHECK(home.resolver.statistics().signature_checks <= questions * dnssec::kMaxSignatureChecks);
    CHECK(home.sent() - packets <= upstream::kMaxUpstreamPackets);
    home.network.advance(std::chrono::seconds{5});
  }
  CHECK(home.resolver.statistics().nsec3_hashes > 0);
  CHECK(home.quiet());
}

TEST_CASE("denials of deep names are hashed no further than the name exists") {
  SignedHost home;
  serve_deep_zone(home);
  CHECK(home.ask_and_wait("none.deep.test").got->answer.authentic);
  const auto before = home.resolver.statistics().nsec3_hashes;
  CHECK(home.ask_and_wait("a.b.c.d.e.f.g.h.i.j.none.deep.test").got->answer.authentic);
  CHECK(home.resolver.statistics().nsec3_hashes - before <= 6);
  CHECK(home.quiet());
}
