#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using test::SignedTree;
using wire::Type;

namespace {

constexpr std::size_t kAlgorithm = 2, kLabels = 3, kTtl = 4, kExpiration = 8, kInception = 12, kTag = 16;

// Each signature has this octet changed.
[[nodiscard]] sim::Defect with_octet(std::size_t at, std::uint8_t octet) {
  return [=](wire::RRset& rrset, const sim::Signer&) {
    const auto good = std::exchange(rrset.signatures, {});
    for (const auto signature : good) {
      wire::Bytes bytes(signature.begin(), signature.end());
      bytes[at] = octet;
      rrset.signatures.add(bytes);
    }
  };
}

void check_bogus(sim::Defect defect) {
  SignedTree home;
  home.spoil(home.example, "www.example.test", Type::A, std::move(defect));
  CHECK(home.ask_and_wait("www.example.test").servfail());
  CHECK(home.sent() <= upstream::kMaxUpstreamPackets);
  CHECK(test::secure(home.ask_and_wait("ns1.example.test")));
  CHECK(home.quiet());
}

}  // namespace

TEST_CASE("a signature with any field changed vouches for nothing") {
  for (const auto at : {std::size_t{0}, kAlgorithm, kTtl, kExpiration + 3, kInception + 3, kTag})
    check_bogus(with_octet(at, 0x5a));
  constexpr std::array<std::uint8_t, 6> kWrongLabels{0, 1, 2, 4, 127, 255};
  for (const auto labels : kWrongLabels) check_bogus(with_octet(kLabels, labels));
}
