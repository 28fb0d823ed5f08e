#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/judged.hpp"

using namespace shirube;
using test::SignedHost;
using wire::Type;

namespace {

// "x.x. ... .x.example.test."
[[nodiscard]] std::string deep_name(int labels) {
  std::string name;
  for (int i = 0; i < labels; ++i) name += "x.";
  return name + "example.test.";
}

// Signatures of nothing, one for each name above the owner, each of which claims to be a zone.
void sign_by_all_above(wire::RRset& rrset, const sim::Signer&) {
  const auto good = *rrset.signatures.begin();
  const wire::Bytes fields(good.begin(), good.begin() + 18);
  rrset.signatures = {};
  for (auto above = rrset.owner; above.label_count() > 2; above = above.parent()) {
    auto bytes = fields;
    bytes.insert(bytes.end(), above.wire().begin(), above.wire().end());
    bytes.resize(bytes.size() + 64);
    rrset.signatures.add(bytes);
  }
}

void check_bounded(sim::Defect defect) {
  SignedHost home;
  home.serve_signed("test", "", {"192.0.2.10"});
  const auto text = fmt::format("{} 300 A 192.0.2.80\n", deep_name(90));
  const auto zone = home.serve_signed("example.test", text, {"192.0.2.11"});
  home.spoil(zone, deep_name(90), Type::A, std::move(defect));
  CHECK(test::secure(home.ask_and_wait("ns1.example.test")));
  for (int i = 0; i < 3; ++i) {
    const auto before = home.sent();
    const auto checks = home.resolver.statistics().signature_checks;
    CHECK(home.ask_and_wait(deep_name(90)).servfail());
    CHECK(home.sent() - before <= upstream::kMaxUpstreamPackets);
    CHECK(home.resolver.statistics().signature_checks - checks <= dnssec::kMaxSignatureChecks);
    home.network.advance(std::chrono::seconds{2});
  }
  CHECK(test::secure(home.ask_and_wait("ns1.example.test")));
  CHECK(home.quiet());
}

}  // namespace

TEST_CASE(
    "ninety signers, each below the other and none of them a zone, cost no more than one question may") {
  check_bounded(sign_by_all_above);
}

TEST_CASE("nor does a deep name without signature, above which each label could be a zone") {
  check_bounded(sim::unsigned_rrset());
}
