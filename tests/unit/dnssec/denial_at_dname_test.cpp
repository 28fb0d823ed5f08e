// Names below a DNAME are renamed, not denied (RFC 6840 §4.1); the DNAME's own owner is an ordinary name.
#include <catch2/catch.hpp>

#include "dnssec/base32hex.hpp"
#include "tests/unit/dnssec/denial_records.hpp"

using namespace shirube::dnssec;
using shirube::dnssec::samples::Given;
using shirube::wire::Type;

TEST_CASE("NSEC at a DNAME denies nothing below it") {
  Given given("example.", {"b.example. 300 IN NSEC d.example. TXT DNAME RRSIG NSEC",
                           "example. 300 IN NSEC b.example. NS SOA RRSIG NSEC DNSKEY"});
  CHECK(given.no_name("x.b.example.") == Proof::NotProven);
  CHECK(given.no_data("x.b.example.", Type::A) == Proof::NotProven);
  CHECK(given.nothing_closer("x.b.example.", "b.example.") == Proof::NotProven);
  CHECK(given.no_ds("x.b.example.") == CutProof::NotProven);
  CHECK(given.no_data("b.example.", Type::A) == Proof::Proven);
  CHECK(given.no_data("b.example.", Type::TXT) == Proof::NotProven);
  CHECK(given.no_ds("b.example.") == CutProof::NoCut);
}

TEST_CASE("a DNAME at the apex hides the whole zone below it") {
  Given given("example.", {"example. 300 IN NSEC example. NS SOA DNAME RRSIG NSEC DNSKEY"});
  CHECK(given.no_name("x.example.") == Proof::NotProven);
  CHECK(given.no_data("example.", Type::MX) == Proof::Proven);
  const auto label = label_of_hash(nsec3_hash(samples::name("example."), {}, 0));
  Given hashed("example.", {label + ".example. 300 IN NSEC3 1 0 0 - " + label + " NS SOA DNAME RRSIG"});
  CHECK(hashed.no_name("x.example.") == Proof::NotProven);
  CHECK(hashed.no_data("example.", Type::MX) == Proof::Proven);
}
