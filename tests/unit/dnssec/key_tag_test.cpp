#include <catch2/catch.hpp>

#include "tests/support/rfc_examples.hpp"
#include "tests/support/signing.hpp"
#include "wire/presentation.hpp"

namespace shirube::dnssec {
namespace {

std::uint16_t tag_of(std::string_view dnskey) {
  return key_tag(wire::parse_rdata(wire::Type::DNSKEY, dnskey).value());
}

TEST_CASE("key tags are those that the RFCs' signatures name") {
  CHECK(tag_of(test::kExampleOfShortKey.dnskey) == 9033);
  for (const auto& example : test::kSignedExamples) {
    INFO(example.source);
    const auto rrsig = wire::parse_rdata(wire::Type::RRSIG, example.rrsig).value();
    CHECK(tag_of(example.dnskey) == read_rrsig(rrsig)->key_tag);
  }
}

TEST_CASE("a key tag counts octets of odd and even length, and carries") {
  CHECK(key_tag({}) == 0);
  CHECK(key_tag(wire::Bytes{0x01}) == 0x0100);
  CHECK(key_tag(wire::Bytes{0xff, 0xff, 0x00, 0x01}) == 1);
  CHECK(key_tag(wire::Bytes(65535, 0xff)) == 0xff00);
}

TEST_CASE("key tags of generated keys are those of ldns") {
  for (const auto algorithm : test::kAllAlgorithms) {
    const auto& dnskey = test::key_of_example(algorithm).dnskey();
    CHECK(key_tag(dnskey) == ldns_calc_keytag_raw(dnskey.data(), dnskey.size()));
  }
}

}  // namespace
}  // namespace shirube::dnssec
