// Where a CNAME is, no other type is denied: the answer should have been the CNAME (RFC 6840 §4.3).
#include <catch2/catch.hpp>

#include "dnssec/base32hex.hpp"
#include "tests/unit/dnssec/denial_records.hpp"

using namespace shirube::dnssec;
using shirube::dnssec::samples::Given;
using shirube::wire::Type;

TEST_CASE("a CNAME bit forbids the denial of any type") {
  const auto label = label_of_hash(nsec3_hash(samples::name("b.example."), {}, 0));
  Given by_nsec("example.", {"b.example. 300 IN NSEC d.example. CNAME RRSIG NSEC"});
  Given by_nsec3("example.", {label + ".example. 300 IN NSEC3 1 0 0 - " + label + " CNAME RRSIG"});
  for (const Type type : {Type::A, Type::CNAME, Type::DS, Type::ANY}) {
    CHECK(by_nsec.no_data("b.example.", type) == Proof::NotProven);
    CHECK(by_nsec3.no_data("b.example.", type) == Proof::NotProven);
  }
  CHECK(by_nsec.no_ds("b.example.") == CutProof::NoCut);
  CHECK(by_nsec3.no_ds("b.example.") == CutProof::NoCut);
}

TEST_CASE("so does one at the wildcard that would make the name") {
  Given given("example.", {"*.example. 300 IN NSEC b.example. CNAME RRSIG NSEC",
                           "b.example. 300 IN NSEC example. A RRSIG NSEC"});
  CHECK(given.no_data("c.example.", Type::A) == Proof::NotProven);
}
