// Answers about names that nobody has asked for, from the NSEC3 records of other answers.
#include <catch2/catch.hpp>

#include "tests/unit/cache/range_samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace dnssec = shirube::dnssec;
namespace wire = shirube::wire;
using wire::Type;
using Told = RangeAnswer::Kind;

namespace {

std::string nsec3(std::string_view owner, std::string_view next, const std::string& types, int flags = 0) {
  return hash_label(owner) + ".example. 3600 IN NSEC3 1 " + std::to_string(flags) + " 0 - " +
         hash_label(next) + " " + types;
}

// A zone of one name, its apex.
std::string only(int flags = 0) { return nsec3("example.", "example.", "NS SOA RRSIG DNSKEY", flags); }

}  // namespace

TEST_CASE("NXDOMAIN for all that the hashes leave out") {
  DenialRanges ranges({}, kPlenty, kSeed);
  store(ranges, "example.", {only()});
  for (const std::string_view name : {"c.example.", "A.B.C.example."}) {
    const auto answer = ask(ranges, name);
    REQUIRE(answer == Told::NxDomain);
    CHECK(answer->proof == std::vector{soa_of("example."), signed_record(only())});
  }
}

TEST_CASE("NODATA at a known name") {
  DenialRanges ranges({}, kPlenty, kSeed);
  store(ranges, "example.", {only()});
  CHECK(ask(ranges, "example.", Type::MX) == Told::NoData);
  CHECK_FALSE(ask(ranges, "example.", Type::NS));
  CHECK_FALSE(ask(ranges, "example.", Type::DS));
}

TEST_CASE("a wildcard is told, or its lack of the type") {
  DenialRanges ranges({}, kPlenty, kSeed);
  store(ranges, "example.",
        {nsec3("example.", "*.example.", "NS SOA RRSIG"), nsec3("*.example.", "example.", "MX RRSIG")});
  const auto made = ask(ranges, "c.example.", Type::MX);
  REQUIRE(made == Told::Wildcard);
  CHECK(made->wildcard == wire::Name::literal("*.example."));
  REQUIRE(made->proof.size() == 1);
  CHECK(made->proof[0].type == Type::NSEC3);
  CHECK(ask(ranges, "c.example.", Type::A) == Told::NoData);
}

TEST_CASE("opt-out denies nothing") {
  DenialRanges ranges({}, kPlenty, kSeed);
  store(ranges, "example.", {only(1)});
  CHECK_FALSE(ask(ranges, "c.example."));
  CHECK_FALSE(ask(ranges, "c.example.", Type::DS));
  CHECK(ask(ranges, "example.", Type::MX) == Told::NoData);
}

TEST_CASE("without the encloser's record nothing is told") {
  DenialRanges ranges({}, kPlenty, kSeed);
  store(ranges, "example.", {nsec3("b.example.", "b.example.", "A RRSIG")});
  CHECK_FALSE(ask(ranges, "c.example."));
  CHECK(ask(ranges, "b.example.", Type::MX) == Told::NoData);
}

TEST_CASE("another salt takes the place of all records") {
  DenialRanges ranges({}, kPlenty, kSeed);
  store(ranges, "example.", {only(), nsec3("b.example.", "c.example.", "A")});
  CHECK(ranges.statistics().records == 2);
  const auto salted =
      dnssec::label_of_hash(dnssec::nsec3_hash(wire::Name::literal("example."), wire::Bytes{0xab}, 2));
  store(ranges, "example.", {salted + ".example. 3600 IN NSEC3 1 0 2 AB " + salted + " NS SOA RRSIG"});
  CHECK(ranges.statistics().records == 1);
  CHECK(ranges.statistics().zones == 1);
  CHECK(ask(ranges, "c.example.") == Told::NxDomain);
  store(ranges, "example.", {"example. 3600 IN NSEC b.example. NS SOA RRSIG NSEC"});  // NSEC
  CHECK(ranges.statistics().records == 1);
  CHECK_FALSE(ask(ranges, "c.example."));
}

TEST_CASE("records that cover next to nothing, or are too dear, are not kept") {
  DenialRanges ranges({}, kPlenty, kSeed);
  store(
      ranges, "example.",
      {"0p9mhaveqvm6t7vbl5lop2u3t2rp3tol.example. 300 IN NSEC3 1 0 0 - 0p9mhaveqvm6t7vbl5lop2u3t2rp3ton A",
       "0p9mhaveqvm6t7vbl5lop2u3t2rp3tol.example. 300 IN NSEC3 1 0 51 - 2t7b4g4vsa5smi47k61mv5bv1a22bojr A"});
  CHECK(ranges.statistics().records == 0);
}

TEST_CASE("hashes are taken from the question's effort, and few of them") {
  DenialRanges ranges({}, kPlenty, kSeed);
  store(ranges, "example.", {only()});
  dnssec::Effort effort;
  CHECK(ranges.find(question("a.b.c.example."), at(0), effort) == Told::NxDomain);
  CHECK(effort.hashes_left == dnssec::kMaxNsec3Hashes - 4);  // c, apex, wildcard, and the name itself
  effort.hashes_left = 1;
  CHECK_FALSE(ranges.find(question("a.b.c.example."), at(0), effort));
  CHECK(effort.hashes_left == 0);
}

TEST_CASE("a look that finds nothing ends after kMaxHashesPerLook") {
  DenialRanges ranges({}, kPlenty, kSeed);
  store(ranges, "example.", {nsec3("nowhere.example.", "nowhere.example.", "A")});
  const std::string covered_but_without_encloser = "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.example.";
  dnssec::Effort effort;
  CHECK_FALSE(ranges.find(question(covered_but_without_encloser), at(0), effort));
  CHECK(dnssec::kMaxNsec3Hashes - effort.hashes_left <= kMaxHashesPerLook);
}
