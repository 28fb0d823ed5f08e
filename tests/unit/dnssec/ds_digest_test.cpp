#include <catch2/catch.hpp>

#include "dnssec/digest.hpp"
#include "tests/support/rfc_examples.hpp"
#include "tests/support/signing.hpp"
#include "wire/presentation.hpp"

namespace shirube::dnssec {
namespace {

// RFC 4034 §5.4; RFC 4509 §2.3 has the SHA-256 digest of the same key.
constexpr std::string_view kKey =
    "256 3 5 AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAph"
    "XdvxegXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==";
constexpr std::string_view kSha1 = "60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118";
constexpr std::string_view kSha256 =
    "60485 5 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A";

bool fits(std::string_view ds_text, std::string_view zone, std::string_view dnskey) {
  const auto rdata = wire::parse_rdata(wire::Type::DS, ds_text).value();
  const auto ds = read_ds(rdata).value();
  const auto key = wire::parse_rdata(wire::Type::DNSKEY, dnskey).value();
  return ds.key_tag == key_tag(key) &&
         is_digest_of(ds.digest_type, ds.digest, wire::Name::literal(zone), key);
}

TEST_CASE("digests of DS are those of RFC 4034 and RFC 4509") {
  CHECK(fits(kSha1, "dskey.example.com.", kKey));
  CHECK(fits(kSha256, "dskey.example.com.", kKey));
  CHECK(fits(kSha256, "DSkey.EXAMPLE.com.", kKey));
  CHECK_FALSE(fits(kSha256, "dskez.example.com.", kKey));
}

TEST_CASE("digests of DS are those of RFC 6605 and RFC 8080") {
  for (const auto& example : test::kSignedExamples) {
    INFO(example.source);
    if (!example.ds.empty()) CHECK(fits(example.ds, example.zone, example.dnskey));
  }
}

TEST_CASE("a digest fits whole or not at all") {
  const auto zone = wire::Name::literal("dskey.example.com.");
  const auto key = wire::parse_rdata(wire::Type::DNSKEY, kKey).value();
  const auto digest = ds_digest(DigestType::Sha256, zone, key);
  REQUIRE(digest.size() == 32);
  CHECK(is_digest_of(DigestType::Sha256, digest, zone, key));
  CHECK_FALSE(is_digest_of(DigestType::Sha256, wire::BytesView(digest).first(31), zone, key));
  CHECK_FALSE(is_digest_of(DigestType::Sha256, {}, zone, key));
  CHECK_FALSE(is_digest_of(DigestType::Sha384, digest, zone, key));
}

TEST_CASE("nothing is the digest of a type that is not supported") {
  const auto zone = wire::Name::literal("example.");
  const wire::Bytes key{1, 0, 3, 8, 1};
  for (const unsigned type : {0U, 3U, 5U, 6U, 255U}) {  // 3 and 5 are GOST
    const auto unknown = static_cast<DigestType>(type);
    CHECK_FALSE(is_supported(unknown));
    CHECK(ds_digest(unknown, zone, key).empty());
    CHECK_FALSE(is_digest_of(unknown, {}, zone, key));
  }
}

}  // namespace
}  // namespace shirube::dnssec
