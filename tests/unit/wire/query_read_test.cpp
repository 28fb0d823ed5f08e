#include <catch2/catch.hpp>

#include "tests/unit/wire/raw_message.hpp"
#include "wire/query.hpp"

namespace shirube::wire {
namespace {

using tests::RawMessage;

QueryView read(const RawMessage& raw) {
  QueryView query;
  read_query(raw.view(), query);
  return query;
}
QueryFault fault_of(const RawMessage& raw) { return read(raw).fault; }

RawMessage query_with(std::uint16_t additional) {
  return RawMessage().header(0x0100, 1, 0, 0, additional).question("wWw.Example.ORG", Type::MX);
}

}  // namespace

TEST_CASE("a query is read, its name kept as asked and lowered") {
  const RawMessage raw = query_with(1).opt(1232, 0x8000);
  const QueryView query = read(raw);
  REQUIRE(query.fault == QueryFault::None);
  CHECK(query.header.id == 0x1234);
  CHECK(query.header.rd);
  CHECK(query.type == Type::MX);
  CHECK(query.klass == Class::IN);
  CHECK(query.question.size() == 21);
  CHECK(tests::copy_of(query.name_as_asked()) == tests::wire_of("wWw.Example.ORG"));
  CHECK(tests::copy_of(query.lowered()) == tests::wire_of("www.example.org"));
  REQUIRE(query.edns);
  CHECK(query.edns->dnssec_ok);
  CHECK(query.edns->udp_size == 1232);
}

TEST_CASE("nothing of an earlier query shows in the next") {
  QueryView query;
  const RawMessage first = query_with(1).opt(1232, 0x8000);
  read_query(first.view(), query);
  REQUIRE(query.edns);
  const RawMessage second = RawMessage().header(0, 1).question(".", Type::NS);
  read_query(second.view(), query);
  CHECK(query.fault == QueryFault::None);
  CHECK_FALSE(query.edns);
  CHECK(query.name_size == 1);
  read_query(BytesView{}, query);
  CHECK(query.fault == QueryFault::NoHeader);
  CHECK(query.question.empty());
  CHECK(query.header.id == 0);
}

TEST_CASE("a packet cut anywhere has a fault") {
  const RawMessage whole = query_with(1).opt(1232, 0);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    QueryView query;
    read_query(whole.view().first(size), query);
    INFO(size);
    CHECK(query.fault == (size < 12   ? QueryFault::NoHeader
                          : size < 33 ? QueryFault::BadQuestion
                                      : QueryFault::BadRecords));
  }
}

TEST_CASE("bytes behind the query are tolerated") {
  CHECK(fault_of(query_with(0).u32(0)) == QueryFault::None);
}

TEST_CASE("a reply is not a query") {
  CHECK(fault_of(RawMessage().header(0x8000, 1).question("a.", Type::A)) == QueryFault::NotAQuery);
}

TEST_CASE("exactly one whole question is asked for") {
  CHECK(fault_of(RawMessage().header(0, 0)) == QueryFault::BadQuestion);
  CHECK(fault_of(RawMessage().header(0, 2).question("a.", Type::A).question("b.", Type::A)) ==
        QueryFault::BadQuestion);
  CHECK(fault_of(RawMessage().header(0, 1).pointer(12).u32(0x00010001)) == QueryFault::BadQuestion);
  CHECK(fault_of(RawMessage().header(0, 1).u8(64).u32(0).u32(0)) == QueryFault::BadQuestion);
}

TEST_CASE("records where a query has none are a fault, with the question still known") {
  const QueryView query = read(RawMessage().header(0, 1, 1).question("a.", Type::A).a("a.", 1));
  CHECK(query.fault == QueryFault::BadRecords);
  CHECK(query.question.size() == 7);
  CHECK(fault_of(RawMessage().header(0, 1, 0, 1).question("a.", Type::A).a("a.", 1)) ==
        QueryFault::BadRecords);
  // The zone's SOA in an IXFR (RFC 1995), the content of an UPDATE (RFC 2136).
  CHECK(fault_of(RawMessage().header(0, 1, 0, 1).question("a.", Type::IXFR).a("a.", 1)) == QueryFault::None);
  CHECK(fault_of(RawMessage().header(0x2800, 1, 1, 1).question("a.", Type::SOA).a("a.", 1).a("a.", 2)) ==
        QueryFault::None);
}

TEST_CASE("an OPT that is doubled, out of place or broken is a fault") {
  CHECK(fault_of(query_with(2).opt(1232, 0).opt(1232, 0)) == QueryFault::BadEdns);
  CHECK(fault_of(query_with(1).name("a.").fixed(Type::OPT, 0)) == QueryFault::BadEdns);
  CHECK(fault_of(RawMessage().header(0, 1, 0, 1).question("a.", Type::IXFR).opt(1232, 0)) ==
        QueryFault::BadEdns);
  CHECK(fault_of(query_with(1).opt(1232, 0, Bytes{0, 3, 0, 1})) == QueryFault::BadEdns);
  CHECK(fault_of(query_with(2).opt(1232, 0).name("key.").fixed(Type::TSIG, 0)) == QueryFault::None);
}

}  // namespace shirube::wire
