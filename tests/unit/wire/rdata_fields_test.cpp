#include <string>

#include <catch2/catch.hpp>

#include "wire/presentation.hpp"
#include "wire/rdata_layout.hpp"
#include "wire/rrset.hpp"

namespace shirube::wire {
namespace {

Bytes rdata(Type type, std::string_view text) { return parse_rdata(type, text).value(); }

}  // namespace

TEST_CASE("the target name of a record is found behind its numbers") {
  CHECK(rdata_target(Type::CNAME, rdata(Type::CNAME, "a.test.")) == Name::literal("a.test"));
  CHECK(rdata_target(Type::MX, rdata(Type::MX, "10 a.test.")) == Name::literal("a.test"));
  CHECK(rdata_target(Type::SRV, rdata(Type::SRV, "1 2 3 a.test.")) == Name::literal("a.test"));
  CHECK(mx_preference(rdata(Type::MX, "513 a.test.")) == 513);
  CHECK_FALSE(rdata_target(Type::A, rdata(Type::A, "192.0.2.1")));
  CHECK_FALSE(rdata_target(Type::MX, Bytes{0, 1}));
  CHECK_FALSE(rdata_target(Type::CNAME, Bytes{0xC0, 0}));
  CHECK_FALSE(mx_preference(Bytes{1}));
}

TEST_CASE("a SOA is read whole or not at all") {
  const Bytes bytes = rdata(Type::SOA, "ns.test. host.test. 1 2 3 4 5");
  const auto soa = read_soa(bytes);
  REQUIRE(soa);
  CHECK(soa->mname == Name::literal("ns.test"));
  CHECK(soa->rname == Name::literal("host.test"));
  CHECK(soa->serial == 1);
  CHECK(soa->refresh == 2);
  CHECK(soa->retry == 3);
  CHECK(soa->expire == 4);
  CHECK(soa->minimum == 5);
  for (std::size_t size = 0; size < bytes.size(); ++size) CHECK_FALSE(read_soa(BytesView(bytes).first(size)));
}

TEST_CASE("RDATA is whole when its fields fill it exactly") {
  CHECK(is_whole_rdata(Type::A, Bytes{1, 2, 3, 4}));
  CHECK_FALSE(is_whole_rdata(Type::A, Bytes{1, 2, 3}));
  CHECK(is_whole_rdata(Type::CNAME, Bytes{1, 'a', 0}));
  CHECK_FALSE(is_whole_rdata(Type::CNAME, Bytes{1, 'a', 0, 0}));
  CHECK_FALSE(is_whole_rdata(Type::CNAME, Bytes{1, 'a'}));
  CHECK_FALSE(is_whole_rdata(Type::HINFO, Bytes{1, 'a', 2, 'b'}));
  CHECK(is_whole_rdata(Type{65280}, Bytes{}));
}

TEST_CASE("memory is counted with what stands outside the object") {
  RRset rrset{.owner = Name::literal(std::string(46, 'x'))};
  CHECK(memory_size(rrset) == sizeof(RRset));
  rrset.owner = Name::literal(std::string(47, 'x'));  // 49 octets
  rrset.rdatas.add(Bytes{1, 2, 3, 4});
  rrset.signatures.add(Bytes{1});
  CHECK(memory_size(rrset) == sizeof(RRset) + 49 + 6 + 3);
}

TEST_CASE("equal RDATAs are kept once where that is asked for") {
  RdataList list;
  list.add(Bytes{1});
  list.add_unless_present(Bytes{1});
  list.add_unless_present(Bytes{});
  list.add_unless_present(Bytes{1, 0});
  CHECK(list.count() == 3);
  CHECK(list.contains(Bytes{}));
  CHECK_FALSE(list.contains(Bytes{0}));
  CHECK(list.byte_size() == 2 + 1 + 2 + 2 + 2);
}

}  // namespace shirube::wire
