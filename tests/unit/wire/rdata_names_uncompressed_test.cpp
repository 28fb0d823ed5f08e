#include <catch2/catch.hpp>

#include "tests/unit/wire/raw_message.hpp"

namespace shirube::wire {
namespace {

using tests::RawMessage;
using tests::wire_of;

// "example.org" stands at 12, its question ends at 29.
RawMessage asked() { return RawMessage().header(0x8180, 1, 1).question("example.org", Type::A); }

Bytes only_rdata(const RawMessage& raw) {
  const MessageView message = tests::parsed(raw);
  return message.full_rdata(*message.begin());
}

}  // namespace

TEST_CASE("names in RDATA of the old types come out whole") {
  CHECK(only_rdata(asked().pointer(12).fixed(Type::CNAME, 4).u8(1).text("a").pointer(12)) ==
        wire_of("a.example.org"));

  const Bytes mx = only_rdata(asked().pointer(12).fixed(Type::MX, 4).u16(10).pointer(12));
  CHECK(mx == tests::copy_of(RawMessage().u16(10).name("example.org").view()));

  const RawMessage numbers = RawMessage().u32(1).u32(2).u32(3).u32(4).u32(5);
  const Bytes soa = only_rdata(
      asked().pointer(12).fixed(Type::SOA, 26).pointer(12).u8(1).text("h").pointer(20).bytes(numbers.view()));
  CHECK(soa == tests::copy_of(RawMessage().name("example.org").name("h.org").bytes(numbers.view()).view()));
}

TEST_CASE("SRV and NAPTR names that a sender compressed come out whole") {
  const Bytes srv = only_rdata(asked().pointer(12).fixed(Type::SRV, 8).u32(0).u16(25).pointer(12));
  CHECK(srv == tests::copy_of(RawMessage().u32(0).u16(25).name("example.org").view()));

  const Bytes naptr = only_rdata(
      asked().pointer(12).fixed(Type::NAPTR, 11).u32(7).u8(1).text("S").u8(1).text("x").u8(0).pointer(12));
  CHECK(naptr ==
        tests::copy_of(RawMessage().u32(7).u8(1).text("S").u8(1).text("x").u8(0).name("example.org").view()));
}

TEST_CASE("octets that look like pointers stay in opaque RDATA") {
  CHECK(only_rdata(asked().pointer(12).fixed(Type::TXT, 3).u8(2).pointer(12)) == Bytes{2, 0xC0, 12});
  CHECK(only_rdata(asked().pointer(12).fixed(Type{65280}, 2).pointer(12)) == Bytes{0xC0, 12});
}

}  // namespace shirube::wire
