#include <catch2/catch.hpp>

#include "tests/support/altered_signature.hpp"

using namespace shirube;
using namespace test::rrsig;

namespace {

void check_octet(std::size_t at, std::uint8_t octet) {
  test::check_vouches_for_nothing([=](wire::Bytes& signature) { signature[at] = octet; });
}

}  // namespace

TEST_CASE("a signature with any field changed vouches for nothing") {
  for (const auto at : {kTypeCovered, kAlgorithm, kTtl, kExpiration + 3, kInception + 3, kTag})
    check_octet(at, 0x5a);
  constexpr std::array<std::uint8_t, 6> kWrongLabels{0, 1, 2, 4, 127, 255};
  for (const auto labels : kWrongLabels) check_octet(kLabels, labels);
}
