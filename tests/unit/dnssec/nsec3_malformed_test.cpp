// NSEC3 RDATA of hash algorithms and flags that nobody knows, or cut off anywhere, counts for nothing and
// costs no hash.
#include <catch2/catch.hpp>

#include "dnssec/base32hex.hpp"
#include "tests/unit/dnssec/denial_records.hpp"

using namespace shirube::dnssec;
using shirube::dnssec::samples::Given;
using shirube::wire::Type;
namespace wire = shirube::wire;

namespace {

// A zone of one name: its only NSEC3 denies all others.
wire::RRset only_record() {
  const wire::Bytes salt{0xaa, 0xbb};
  const auto label = label_of_hash(nsec3_hash(samples::name("example."), salt, 0));
  return samples::record(label + ".example. 300 IN NSEC3 1 0 0 aabb " + label + " NS SOA RRSIG");
}

Given with_rdata(wire::BytesView rdata) {
  wire::RRset rrset = only_record();
  rrset.rdatas = {};
  rrset.rdatas.add(rdata);
  return Given("example.", {rrset});
}

wire::Bytes good_rdata() {
  const wire::RRset rrset = only_record();
  const wire::BytesView rdata = *rrset.rdatas.begin();
  return {rdata.begin(), rdata.end()};
}

void check_ignored(Given given) {
  CHECK(given.no_name("b.example.") == Proof::NotProven);
  CHECK(given.no_data("example.", Type::MX) == Proof::NotProven);
  CHECK(given.no_ds("b.example.") == CutProof::NotProven);
  CHECK(given.nothing_closer("b.example.", "example.") == Proof::NotProven);
  CHECK_FALSE(given.says_no_such_name("b.example."));
  CHECK(given.hashes() == 0);
}

}  // namespace

TEST_CASE("the record as it should be proves") {
  CHECK(with_rdata(good_rdata()).no_name("b.example.") == Proof::Proven);
}

TEST_CASE("hash algorithm 2") {
  auto rdata = good_rdata();
  rdata[0] = 2;
  check_ignored(with_rdata(rdata));
}

TEST_CASE("a flag that RFC 5155 does not define") {
  auto rdata = good_rdata();
  rdata[1] = 2;
  check_ignored(with_rdata(rdata));
}

TEST_CASE("empty RDATA, and RDATA cut off anywhere in front of the types or in them") {
  const auto rdata = good_rdata();
  constexpr std::size_t kBeforeTypes = 6 + 2 + 20;
  for (std::size_t size = 0; size < rdata.size(); ++size) {
    if (size == kBeforeTypes) continue;  // no types at all: an empty non-terminal has none
    INFO("cut to " << size);
    check_ignored(with_rdata(wire::BytesView(rdata).first(size)));
  }
}

TEST_CASE("a next hash of other than 20 octets") {
  auto rdata = good_rdata();
  rdata[7] = 19;  // its length, behind two octets of salt
  rdata.erase(rdata.begin() + 8);
  check_ignored(with_rdata(rdata));
}
