#include <catch2/catch.hpp>

#include "tests/support/signing.hpp"
#include "wire/presentation.hpp"

namespace shirube::dnssec {
namespace {

using wire::Type;

wire::Bytes rdata(Type type, std::string_view text) { return wire::parse_rdata(type, text).value(); }

// Each front of `whole`, and `whole` with one octet more: how many of them are read?
template <class Read>
std::size_t count_read(wire::Bytes whole, Read read) {
  std::size_t count = 0;
  whole.push_back(0);
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    // A copy of exactly this size, so that the sanitizer sees a read behind it.
    if (read(test::owned(wire::BytesView(whole).first(size)))) ++count;
  }
  return count;
}

TEST_CASE("RRSIG is read, and not without its signature") {
  const auto text = "MX 13 2 300 20300101000000 20290101000000 4711 Example. qrs=";
  const auto octets = rdata(Type::RRSIG, text);
  const auto rrsig = read_rrsig(octets).value();
  CHECK(rrsig.covered == Type::MX);
  CHECK(rrsig.algorithm == Algorithm::EcdsaP256);
  CHECK(rrsig.labels == 2);
  CHECK(rrsig.original_ttl == 300);
  CHECK(rrsig.expiration == 1'893'456'000);
  CHECK(rrsig.inception == 1'861'920'000);
  CHECK(rrsig.key_tag == 4711);
  CHECK(rrsig.signer.same_case_as(wire::Name::literal("Example.")));
  CHECK(rrsig.fields.size() == 18);
  CHECK(rrsig.signature.size() == 2);
  // Cut in the signature or longer: one octet of it, two, and three.
  CHECK(count_read(octets, [](const auto& part) { return read_rrsig(part).has_value(); }) == 3);
}

TEST_CASE("DNSKEY and DS are read in place") {
  const auto key_octets = rdata(Type::DNSKEY, "257 3 8 AwEAAQ==");
  const auto key = read_dnskey(key_octets).value();
  CHECK(key.algorithm == Algorithm::RsaSha256);
  CHECK(key.public_key.size() == 4);
  CHECK(key.is_zone_key());
  CHECK(key.is_secure_entry_point());
  CHECK_FALSE(key.is_revoked());
  CHECK(count_read(key_octets, [](const auto& part) { return read_dnskey(part).has_value(); }) == 5);

  const auto ds_octets = rdata(Type::DS, "4711 13 2 0102");
  const auto ds = read_ds(ds_octets).value();
  CHECK(ds.key_tag == 4711);
  CHECK(ds.digest_type == DigestType::Sha256);
  CHECK(ds.digest.size() == 2);
  CHECK(count_read(ds_octets, [](const auto& part) { return read_ds(part).has_value(); }) == 4);
}

TEST_CASE("a key of another protocol or without the ZONE flag is no zone key") {
  CHECK_FALSE(read_dnskey(rdata(Type::DNSKEY, "256 7 8 AwEAAQ=="))->is_zone_key());
  CHECK_FALSE(read_dnskey(rdata(Type::DNSKEY, "1 3 8 AwEAAQ=="))->is_zone_key());
  CHECK(read_dnskey(rdata(Type::DNSKEY, "385 3 8 AwEAAQ=="))->is_revoked());
}

TEST_CASE("NSEC tells its next name and its types") {
  const auto octets = rdata(Type::NSEC, "host.Example. A MX RRSIG NSEC TYPE1234");
  const auto nsec = read_nsec(octets).value();
  CHECK(nsec.next == wire::Name::literal("host.example."));
  for (const auto type : {Type::A, Type::MX, Type::RRSIG, Type::NSEC, Type{1234}})
    CHECK(nsec.types.has(type));
  for (const auto type :
       {Type{0}, Type::NS, Type::CNAME, Type{1233}, Type{1235}, Type{1234 + 256}, Type{65535}}) {
    CHECK_FALSE(nsec.types.has(type));
  }
  // All, without the second window, and without both.
  CHECK(count_read(octets, [](const auto& part) { return read_nsec(part).has_value(); }) == 3);
}

TEST_CASE("NSEC3 tells its parameters, its next hash and its types") {
  const auto octets = rdata(Type::NSEC3, "1 1 12 aabbccdd 2t7b4g4vsa5smi47k61mv5bv1a22bojr MX DNSKEY");
  const auto nsec3 = read_nsec3(octets).value();
  CHECK(nsec3.hash_algorithm == 1);
  CHECK(nsec3.opt_out);
  CHECK(nsec3.iterations == 12);
  CHECK(test::owned(nsec3.salt) == wire::Bytes{0xaa, 0xbb, 0xcc, 0xdd});
  CHECK(nsec3.next_hash.size() == 20);
  CHECK(nsec3.types.has(Type::DNSKEY));
  CHECK_FALSE(nsec3.types.has(Type::A));
  CHECK(count_read(octets, [](const auto& part) { return read_nsec3(part).has_value(); }) == 2);
  CHECK_FALSE(read_nsec3(wire::Bytes{1, 0, 0, 0, 0, 0}));  // a next hash of no octets
}

TEST_CASE("a bitmap that does not parse has no types, and no NSEC has it") {
  const auto broken = GENERATE(wire::Bytes{0, 0},                    // a window of no octets
                               wire::Bytes{0, 33},                   // over 32
                               wire::Bytes{0, 2, 0x40},              // cut
                               wire::Bytes{0, 1, 0x40, 0, 1, 0x40},  // twice
                               wire::Bytes{1, 1, 0x40, 0, 1, 0x40},  // falling
                               wire::Bytes{0, 1, 0x40, 1});          // half a header
  CHECK_FALSE(TypeBitmap(broken).has(Type::A));
  CHECK_FALSE(TypeBitmap(broken).has(Type{257}));
  wire::Bytes nsec{0};
  nsec.insert(nsec.end(), broken.begin(), broken.end());
  CHECK_FALSE(read_nsec(nsec));
  wire::Bytes nsec3{1, 0, 0, 0, 0, 1, 0xff};
  nsec3.insert(nsec3.end(), broken.begin(), broken.end());
  CHECK_FALSE(read_nsec3(nsec3));
}

TEST_CASE("serial numbers are compared on their circle") {
  CHECK(serial_before(1, 2));
  CHECK_FALSE(serial_before(2, 1));
  CHECK_FALSE(serial_before(7, 7));
  CHECK(serial_before(0xffff'fff0, 5));
  CHECK_FALSE(serial_before(5, 0xffff'fff0));
  CHECK_FALSE(serial_before(0, 0x8000'0000));
  CHECK_FALSE(serial_before(0x8000'0000, 0));
}

}  // namespace
}  // namespace shirube::dnssec
