// Who speaks for a name: never a zone above a cut, nor a DNAME for what is below it; of a DS, the parent.
#include <catch2/catch.hpp>

#include "tests/unit/cache/range_samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;
using wire::Type;
using Told = RangeAnswer::Kind;

TEST_CASE("no answer at or below a cut but the lack of its DS") {
  DenialRanges ranges({}, kPlenty, kSeed);
  store(ranges, "example.",
        {"b.example. 300 IN NSEC d.example. NS RRSIG NSEC",
         "example. 300 IN NSEC b.example. NS SOA RRSIG NSEC"});
  CHECK_FALSE(ask(ranges, "b.example.", Type::A));
  CHECK_FALSE(ask(ranges, "x.b.example.", Type::A));
  CHECK_FALSE(ask(ranges, "x.b.example.", Type::DS));
  CHECK(ask(ranges, "b.example.", Type::DS) == Told::NoData);
  CHECK(ask(ranges, "c.example.", Type::A) == Told::NxDomain);
}

TEST_CASE("no answer below a DNAME") {
  DenialRanges ranges({}, kPlenty, kSeed);
  store(ranges, "example.",
        {"b.example. 300 IN NSEC d.example. DNAME RRSIG NSEC",
         "example. 300 IN NSEC b.example. NS SOA RRSIG NSEC"});
  CHECK_FALSE(ask(ranges, "x.b.example."));
  CHECK(ask(ranges, "b.example.") == Told::NoData);
}

TEST_CASE("the deepest zone that is known speaks, whatever a zone above it says") {
  DenialRanges ranges({}, kPlenty, kSeed);
  store(ranges, ".", {". 300 IN NSEC . NS SOA RRSIG NSEC"});
  CHECK(ask(ranges, "c.b.example.") == Told::NxDomain);
  store(ranges, "b.example.", {"x.b.example. 300 IN NSEC b.example. A RRSIG NSEC"});
  CHECK_FALSE(ask(ranges, "c.b.example."));
  CHECK(ask(ranges, "x.b.example.", Type::MX) == Told::NoData);
  CHECK(ask(ranges, "c.c.example.") == Told::NxDomain);
}

TEST_CASE("a DS is the parent's to deny, not the child's") {
  DenialRanges ranges({}, kPlenty, kSeed);
  store(ranges, "b.example.", {"b.example. 300 IN NSEC b.example. NS SOA RRSIG NSEC"});
  CHECK_FALSE(ask(ranges, "b.example.", Type::DS));
  CHECK(ask(ranges, "b.example.", Type::MX) == Told::NoData);
  store(ranges, "example.", {"b.example. 300 IN NSEC d.example. NS RRSIG NSEC"});
  const auto answer = ask(ranges, "b.example.", Type::DS);
  REQUIRE(answer == Told::NoData);
  CHECK(answer->proof[0].owner == wire::Name::literal("example."));
}

TEST_CASE("the root denies its own DS") {
  DenialRanges ranges({}, kPlenty, kSeed);
  store(ranges, ".", {". 300 IN NSEC aaa. NS SOA RRSIG NSEC DNSKEY"});
  CHECK(ask(ranges, ".", Type::DS) == Told::NoData);
}

TEST_CASE("other classes are not answered") {
  DenialRanges ranges({}, kPlenty, kSeed);
  store(ranges, ".", {". 300 IN NSEC . NS SOA RRSIG NSEC"});
  shirube::dnssec::Effort effort;
  CHECK_FALSE(ranges.find({wire::Name::literal("a."), Type::A, wire::Class::CH}, at(0), effort));
}
