#include <string>

#include <catch2/catch.hpp>

#include "dnssec/digest.hpp"
#include "tests/support/signing.hpp"

namespace shirube::dnssec {
namespace {

std::string base32hex(const Nsec3Hash& hash) {
  constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuv";
  std::string text;
  for (std::size_t bit = 0; bit < hash.size() * 8; bit += 5) {
    unsigned digit = 0;
    for (std::size_t i = bit; i < bit + 5; ++i) digit = digit * 2 + ((hash[i / 8] >> (7 - i % 8)) & 1U);
    text += kDigits[digit];
  }
  return text;
}

struct Example {
  std::string_view name;
  std::string_view hash;
};

TEST_CASE("NSEC3 hashes are those of RFC 5155 Appendix A") {
  const wire::Bytes salt{0xaa, 0xbb, 0xcc, 0xdd};
  const auto example = GENERATE(Example{"example.", "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom"},
                                Example{"a.example.", "35mthgpgcu1qg68fab165klnsnk3dpvl"},
                                Example{"ai.example.", "gjeqe526plbf1g8mklp59enfd789njgi"},
                                Example{"ns1.example.", "2t7b4g4vsa5smi47k61mv5bv1a22bojr"},
                                Example{"ns2.example.", "q04jkcevqvmu85r014c7dkba38o0ji5r"},
                                Example{"w.example.", "k8udemvp1j2f7eg6jebps17vp3n8i58h"},
                                Example{"*.w.example.", "r53bq7cc2uvmubfu5ocmm6pers9tk9en"},
                                Example{"x.w.example.", "b4um86eghhds6nea196smvmlo4ors995"},
                                Example{"y.w.example.", "ji6neoaepv8b5o6k4ev33abha8ht9fgc"},
                                Example{"x.y.w.example.", "2vptu5timamqttgl4luu9kg21e0aor3s"},
                                Example{"XX.Example.", "t644ebqk9bibcna874givr6joj62mlhv"});
  CHECK(base32hex(nsec3_hash(wire::Name::literal(example.name), salt, 12)) == example.hash);
}

TEST_CASE("NSEC3 hashes with and without salt and iterations are those of ldns") {
  const auto name = wire::Name::literal("www.example.");
  for (const std::size_t salt_size : {0U, 1U, 8U, 255U}) {
    for (const std::uint16_t iterations : {std::uint16_t{0}, std::uint16_t{1}, std::uint16_t{50}}) {
      wire::Bytes salt(salt_size, 0x5a);
      const test::LdnsField owner(ldns_dname_new_frm_str("www.example."));
      const test::LdnsField hashed(ldns_nsec3_hash_name(owner.get(), 1, iterations,
                                                        static_cast<std::uint8_t>(salt_size), salt.data()));
      REQUIRE(hashed);
      const auto label = reinterpret_cast<const char*>(ldns_rdf_data(hashed.get())) + 1;
      CHECK(base32hex(nsec3_hash(name, salt, iterations)) == std::string_view(label, 32));
    }
  }
}

TEST_CASE("NSEC3 hashes cost more with more iterations") {
  CHECK(nsec3_hash_cost(0) == 1);
  CHECK(nsec3_hash_cost(50) > nsec3_hash_cost(0));
  CHECK(nsec3_hash_cost(65535) > 5'000);
}

}  // namespace
}  // namespace shirube::dnssec
