// Answers about names that nobody has asked for, from the NSEC records of other answers.
#include <catch2/catch.hpp>

#include "tests/unit/cache/range_samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;
using wire::Type;
using Told = RangeAnswer::Kind;

namespace {
const std::string kApex = "example. 3600 IN NSEC b.example. NS SOA RRSIG NSEC DNSKEY";
const std::string kB = "b.example. 3600 IN NSEC x.y.w.example. A RRSIG NSEC";
const std::string kXyw = "x.y.w.example. 3600 IN NSEC example. MX RRSIG NSEC";
}  // namespace

TEST_CASE("nothing is known at first") {
  const DenialRanges ranges({}, kPlenty, kSeed);
  CHECK_FALSE(ask(ranges, "ml.example."));
  CHECK(ranges.statistics().records == 0);
}

TEST_CASE("NXDOMAIN for any name of a known gap, with SOA, records and their signatures") {
  DenialRanges ranges({}, kPlenty, kSeed);
  store(ranges, "example.", {kB, kApex});
  for (const std::string_view name : {"c.example.", "MM.Example.", "a.b.c.example."}) {
    const auto answer = ask(ranges, name);
    REQUIRE(answer);
    CHECK(answer->kind == Told::NxDomain);
    CHECK_FALSE(answer->wildcard);
    CHECK(answer->proof == std::vector{soa_of("example."), signed_record(kB), signed_record(kApex)});
  }
  CHECK_FALSE(ask(ranges, "z.w.example."));  // beyond the gap
  CHECK_FALSE(ask(ranges, "example.test."));
}

TEST_CASE("one record may cover both name and wildcard") {
  DenialRanges ranges({}, kPlenty, kSeed);
  store(ranges, "example.", {kApex});
  const auto answer = ask(ranges, "a.example.");
  REQUIRE(answer == Told::NxDomain);
  CHECK(answer->proof == std::vector{soa_of("example."), signed_record(kApex)});
}

TEST_CASE("NODATA at a known name, but not for the types it has") {
  DenialRanges ranges({}, kPlenty, kSeed);
  store(ranges, "example.", {kB});
  const auto answer = ask(ranges, "b.example.", Type::MX);
  REQUIRE(answer == Told::NoData);
  CHECK(answer->proof == std::vector{soa_of("example."), signed_record(kB)});
  CHECK_FALSE(ask(ranges, "b.example.", Type::A));
  CHECK_FALSE(ask(ranges, "b.example.", Type::ANY));
}

TEST_CASE("NODATA at an empty non-terminal") {
  DenialRanges ranges({}, kPlenty, kSeed);
  store(ranges, "example.", {kB});
  CHECK(ask(ranges, "y.w.example.", Type::A) == Told::NoData);
  CHECK(ask(ranges, "w.example.", Type::MX) == Told::NoData);
}

TEST_CASE("NODATA by a wildcard that lacks the type; a wildcard that has it is named") {
  DenialRanges ranges({}, kPlenty, kSeed);
  const std::string wildcard = "*.example. 3600 IN NSEC b.example. MX RRSIG NSEC";
  store(ranges, "example.", {kB, wildcard});
  const auto no_data = ask(ranges, "c.example.", Type::A);
  REQUIRE(no_data == Told::NoData);
  CHECK(no_data->proof == std::vector{soa_of("example."), signed_record(kB), signed_record(wildcard)});
  const auto made = ask(ranges, "c.example.", Type::MX);
  REQUIRE(made == Told::Wildcard);
  CHECK(made->wildcard == wire::Name::literal("*.example."));
  CHECK(made->proof == std::vector{signed_record(kB)});
}

TEST_CASE("a wildcard that nothing is known of is named too: the cache may have its data") {
  DenialRanges ranges({}, kPlenty, kSeed);
  store(ranges, "example.", {kB});
  const auto answer = ask(ranges, "a.c.example.");
  REQUIRE(answer == Told::Wildcard);
  CHECK(answer->wildcard == wire::Name::literal("*.example."));
}

TEST_CASE("the record that leads back to the apex covers the end of the zone") {
  DenialRanges ranges({}, kPlenty, kSeed);
  store(ranges, "example.", {kXyw, kApex});
  CHECK(ask(ranges, "z.example.") == Told::NxDomain);
  CHECK(ask(ranges, "x.y.w.example.", Type::MX) == std::nullopt);
}

TEST_CASE("a newer record takes the place of the older one of its owner") {
  DenialRanges ranges({}, kPlenty, kSeed);
  store(ranges, "example.", {kApex});
  store(ranges, "example.", {"EXAMPLE. 3600 IN NSEC *.example. NS SOA RRSIG NSEC DNSKEY"});
  CHECK_FALSE(ask(ranges, "a.example."));
  CHECK(ranges.statistics().records == 1);
}

TEST_CASE("records made for one question deny nothing else and are not kept") {
  DenialRanges ranges({}, kPlenty, kSeed);
  store(ranges, "example.", {R"(n.example. 300 IN NSEC \000.n.example. RRSIG NSEC TYPE128)"});
  CHECK(ranges.statistics().records == 0);
  CHECK(ranges.statistics().zones == 0);
}
