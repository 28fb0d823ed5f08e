#include <iterator>

#include <catch2/catch.hpp>

#include "tests/unit/wire/raw_message.hpp"

namespace shirube::wire {

using tests::RawMessage;

TEST_CASE("every record is found in its section, with its place in the message") {
  const RawMessage raw = RawMessage()
                             .header(0x8580, 1, 1, 1, 2)
                             .question("Example.org", Type::MX)
                             .pointer(12)
                             .fixed(Type::MX, 4, 600)
                             .u16(10)
                             .pointer(12)
                             .pointer(20)
                             .fixed(Type::NS, 2, 700)
                             .pointer(12)
                             .a("example.org", 7)
                             .opt(4096, 0);
  const MessageView message = tests::parsed(raw);
  REQUIRE(std::distance(message.begin(), message.end()) == 4);

  auto record = message.begin();
  CHECK(record->section == Section::Answer);
  CHECK(record->type == Type::MX);
  CHECK(record->ttl == 600);
  CHECK(read_u32(&message.bytes()[record->ttl_offset]) == 600);
  CHECK(message.bytes()[record->rdata_offset + 1] == 10);
  CHECK(message.owner(*record).same_case_as(Name::literal("Example.org")));
  ++record;
  CHECK(record->section == Section::Authority);
  CHECK(message.owner(*record) == Name::literal("org"));
  ++record;
  CHECK(record->section == Section::Additional);
  CHECK(record->type == Type::A);
  CHECK(record->rdata.size() == 4);
  ++record;
  CHECK(record->type == Type::OPT);
  ++record;
  CHECK(record == message.end());
}

TEST_CASE("header and question are read") {
  const RawMessage raw = RawMessage().header(0x85B3, 1).question("a.test", Type::AAAA, Class::CH);
  const MessageView message = tests::parsed(raw);
  const Header& header = message.header();
  CHECK(header.id == 0x1234);
  CHECK((header.qr && header.aa && header.rd && header.ra && header.ad && header.cd));
  CHECK_FALSE(header.tc);
  CHECK(header.opcode == Opcode::Query);
  CHECK(message.rcode() == Rcode::NxDomain);
  CHECK(message.question() == Question{Name::literal("A.TEST"), Type::AAAA, Class::CH});
  CHECK_FALSE(tests::parsed(RawMessage().header(0x8180, 0)).question());
}

TEST_CASE("the OPT record lends its upper bits to the response code") {
  const RawMessage raw = RawMessage().header(0x8180, 0, 0, 0, 1).opt(1232, 0x81000000);
  const MessageView message = tests::parsed(raw);
  CHECK(message.has_opt());
  CHECK(static_cast<int>(message.rcode()) == 0x810);
}

TEST_CASE("a TTL with the top bit set reads as zero") {
  const RawMessage raw =
      RawMessage().header(0x8180, 0, 2).a("a.test", 1, 0x80000000).a("a.test", 2, 0x7fffffff);
  const MessageView message = tests::parsed(raw);
  CHECK(message.begin()->ttl == 0);
  CHECK(std::next(message.begin())->ttl == 0x7fffffff);
}

}  // namespace shirube::wire
