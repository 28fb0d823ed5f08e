// The denials of RFC 5155 Appendix B, with the records of its Appendix A.
#include <catch2/catch.hpp>

#include "dnssec/base32hex.hpp"
#include "dnssec/digest.hpp"
#include "tests/unit/dnssec/denial_records.hpp"

using namespace shirube::dnssec;
using shirube::dnssec::samples::Given;
using shirube::dnssec::samples::name;
using shirube::wire::Type;

namespace {

enum class Flags : std::uint8_t { None = 0, OptOut = 1 };

// RFC 5155's own records all have the opt-out flag; without it they prove the same, only surely.
std::string nsec3(std::string_view hash, Flags flags, std::string_view rest) {
  return std::string(hash) + ".example. 3600 IN NSEC3 1 " + std::to_string(static_cast<int>(flags)) +
         " 12 aabbccdd " + std::string(rest);
}
std::string apex(Flags flags) {
  return nsec3("0p9mhaveqvm6t7vbl5lop2u3t2rp3tom", flags,
               "2t7b4g4vsa5smi47k61mv5bv1a22bojr MX DNSKEY NS SOA NSEC3PARAM RRSIG");
}
std::string ns1(Flags flags) {
  return nsec3("2t7b4g4vsa5smi47k61mv5bv1a22bojr", flags, "2vptu5timamqttgl4luu9kg21e0aor3s A RRSIG");
}
std::string signed_cut(Flags flags) {
  return nsec3("35mthgpgcu1qg68fab165klnsnk3dpvl", flags, "b4um86eghhds6nea196smvmlo4ors995 NS DS RRSIG");
}
std::string xw(Flags flags) {
  return nsec3("b4um86eghhds6nea196smvmlo4ors995", flags, "gjeqe526plbf1g8mklp59enfd789njgi MX RRSIG");
}
std::string yw(Flags flags) {
  return nsec3("ji6neoaepv8b5o6k4ev33abha8ht9fgc", flags, "k8udemvp1j2f7eg6jebps17vp3n8i58h");
}
std::string w(Flags flags) {
  return nsec3("k8udemvp1j2f7eg6jebps17vp3n8i58h", flags, "kohar7mbb8dc2ce8a9qvl8hon4k53uhi");
}
std::string ns2(Flags flags) {
  return nsec3("q04jkcevqvmu85r014c7dkba38o0ji5r", flags, "r53bq7cc2uvmubfu5ocmm6pers9tk9en A RRSIG");
}
std::string wildcard(Flags flags) {
  return nsec3("r53bq7cc2uvmubfu5ocmm6pers9tk9en", flags, "t644ebqk9bibcna874givr6joj62mlhv MX RRSIG");
}
// What is proven where a gap with these flags is part of the proof.
Proof with_gap(Flags flags) { return flags == Flags::OptOut ? Proof::OptOut : Proof::Proven; }

}  // namespace

TEST_CASE("the hashes that the examples speak of") {
  const shirube::wire::Bytes salt{0xaa, 0xbb, 0xcc, 0xdd};
  const auto hash = [&](std::string_view text) { return label_of_hash(nsec3_hash(name(text), salt, 12)); };
  CHECK(hash("example.") == "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom");
  CHECK(hash("c.x.w.example.") == "0va5bpr2ou0vk0lbqeeljri88laipsfh");
  CHECK(hash("*.x.w.example.") == "92pqneegtaue7pjatc3l3qnk738c6v5m");
  CHECK(hash("c.example.") == "4g6p9u5gvfshp30pqecj98b3maqbn1ck");
  CHECK(hash("z.w.example.") == "qlu7gtfaeh0ek0c05ksfhdpbcgglbe03");
}

TEST_CASE("B.1 name error: encloser, next closer name and wildcard") {
  for (const Flags flags : {Flags::None, Flags::OptOut}) {
    Given given("example.", {apex(flags), xw(flags), signed_cut(flags)});
    CHECK(given.no_name("a.c.x.w.example.") == with_gap(flags));
    CHECK(Given("example.", {apex(flags), xw(flags)}).no_name("a.c.x.w.example.") == Proof::NotProven);
    CHECK(Given("example.", {apex(flags), signed_cut(flags)}).no_name("a.c.x.w.example.") ==
          Proof::NotProven);
    CHECK(Given("example.", {xw(flags), signed_cut(flags)}).no_name("a.c.x.w.example.") == Proof::NotProven);
  }
}

TEST_CASE("B.2 no data, and B.2.1 no data at an empty non-terminal") {
  for (const Flags flags : {Flags::None, Flags::OptOut}) {
    CHECK(Given("example.", {ns1(flags)}).no_data("ns1.example.", Type::MX) == Proof::Proven);
    CHECK(Given("example.", {ns1(flags)}).no_data("ns1.example.", Type::A) == Proof::NotProven);
    CHECK(Given("example.", {yw(flags)}).no_data("y.w.example.", Type::A) == Proof::Proven);
    CHECK(Given("example.", {yw(flags)}).no_data("y.w.example.", Type::ANY) == Proof::Proven);
    CHECK(Given("example.", {ns1(flags)}).no_data("ns1.example.", Type::ANY) == Proof::NotProven);
    CHECK(Given("example.", {ns1(flags)}).no_ds("ns1.example.") == CutProof::NoCut);
  }
}

TEST_CASE("B.3 an unsigned delegation within an opt-out span") {
  Given given("example.", {signed_cut(Flags::OptOut), apex(Flags::OptOut)});
  CHECK(given.no_ds("c.example.") == CutProof::UnsignedDelegation);
  CHECK(given.no_data("c.example.", Type::DS) == Proof::OptOut);
  CHECK(Given("example.", {signed_cut(Flags::OptOut)}).no_ds("c.example.") == CutProof::NotProven);
  CHECK(Given("example.", {signed_cut(Flags::None), apex(Flags::None)}).no_ds("c.example.") ==
        CutProof::NoCut);
  CHECK(given.no_ds("a.example.") == CutProof::NotProven);  // has a DS
}

TEST_CASE("B.4 wildcard answer: the next closer name is covered") {
  for (const Flags flags : {Flags::None, Flags::OptOut}) {
    Given given("example.", {ns2(flags)});
    CHECK(given.nothing_closer("a.z.w.example.", "w.example.") == with_gap(flags));
    CHECK(given.hashes() == 1);
    CHECK(given.nothing_closer("a.z.w.example.", "z.w.example.") == Proof::NotProven);
    CHECK(given.nothing_closer("w.example.", "w.example.") == Proof::NotProven);
  }
}

TEST_CASE("B.5 wildcard no data") {
  for (const Flags flags : {Flags::None, Flags::OptOut}) {
    const std::vector<std::string> all{w(flags), ns2(flags), wildcard(flags)};
    CHECK(Given("example.", all).no_data("a.z.w.example.", Type::AAAA) == with_gap(flags));
  }
  const std::vector<std::string> sure{w(Flags::None), ns2(Flags::None), wildcard(Flags::None)};
  CHECK(Given("example.", sure).no_data("a.z.w.example.", Type::MX) == Proof::NotProven);
  CHECK(Given("example.", {sure[0], sure[1]}).no_data("a.z.w.example.", Type::AAAA) == Proof::NotProven);
  CHECK(Given("example.", {sure[0], sure[2]}).no_data("a.z.w.example.", Type::AAAA) == Proof::NotProven);
  CHECK(Given("example.", {sure[1], sure[2]}).no_data("a.z.w.example.", Type::AAAA) == Proof::NotProven);
}

TEST_CASE("B.6 the child's own apex does not deny its DS") {
  CHECK(Given("example.", {apex(Flags::OptOut)}).no_data("example.", Type::DS) == Proof::NotProven);
  CHECK(Given("example.", {apex(Flags::OptOut)}).no_ds("example.") == CutProof::NotProven);
}
