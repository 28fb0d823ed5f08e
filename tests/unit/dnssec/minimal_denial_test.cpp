// Records made up for one question: RFC 4470's minimally covering NSEC and RFC 9824's compact denial.
#include <catch2/catch.hpp>

#include "tests/unit/dnssec/denial_records.hpp"

using namespace shirube::dnssec;
using shirube::dnssec::samples::Given;
using shirube::wire::Type;

TEST_CASE("RFC 4470: a record that covers the name only, and one for the wildcard") {
  const std::string name = R"(m\255.example. 300 IN NSEC n\000.example. RRSIG NSEC)";
  const std::string wildcard = R"(\)\255.example. 300 IN NSEC *\000.example. RRSIG NSEC)";
  CHECK(Given("example.", {name, wildcard}).no_name("n.example.") == Proof::Proven);
  CHECK(Given("example.", {name}).no_name("n.example.") == Proof::NotProven);
  CHECK(Given("example.", {name, wildcard}).no_name("o.example.") == Proof::NotProven);
}

TEST_CASE("RFC 9824: the name is said to exist, without anything") {
  Given given("example.", {R"(n.example. 300 IN NSEC \000.n.example. RRSIG NSEC TYPE128)"});
  for (const Type type : {Type::A, Type::DS, Type::ANY}) {
    CHECK(given.no_data("n.example.", type) == Proof::Proven);
  }
  CHECK(given.says_no_such_name("n.example."));
  CHECK(given.no_name("n.example.") == Proof::Proven);
  CHECK(given.no_ds("n.example.") == CutProof::NoCut);
  CHECK_FALSE(given.says_no_such_name("o.example."));
  CHECK(given.no_name("o.example.") == Proof::NotProven);
  CHECK(given.no_data("x.n.example.", Type::A) == Proof::NotProven);
}

TEST_CASE("RFC 9824: an empty non-terminal is no missing name") {
  Given given("example.", {R"(n.example. 300 IN NSEC \000.n.example. RRSIG NSEC)"});
  CHECK(given.no_data("n.example.", Type::A) == Proof::Proven);
  CHECK(given.no_data("n.example.", Type::ANY) == Proof::Proven);
  CHECK_FALSE(given.says_no_such_name("n.example."));
  CHECK(given.no_name("n.example.") == Proof::NotProven);
}

TEST_CASE("RFC 9824: NXNAME beside data says nothing, for the name has data") {
  for (const std::string types :
       {"A RRSIG NSEC TYPE128", "NS RRSIG NSEC TYPE128", "CNAME RRSIG NSEC TYPE128"}) {
    Given given("example.", {R"(n.example. 300 IN NSEC \000.n.example. )" + types});
    CHECK_FALSE(given.says_no_such_name("n.example."));
    CHECK(given.no_name("n.example.") == Proof::NotProven);
  }
}

TEST_CASE("RFC 9824: a type that is missing among others") {
  Given given("example.", {R"(n.example. 300 IN NSEC \000.n.example. A TXT RRSIG NSEC)"});
  CHECK(given.no_data("n.example.", Type::MX) == Proof::Proven);
  CHECK(given.no_data("n.example.", Type::A) == Proof::NotProven);
  CHECK(given.no_data("n.example.", Type::ANY) == Proof::NotProven);
}
