#include <catch2/catch.hpp>

#include "tests/unit/wire/raw_message.hpp"

namespace shirube::wire {
namespace {

using tests::RawMessage;

ParseError error_of(const RawMessage& message) {
  const auto parsed = message.parse();
  REQUIRE_FALSE(parsed);
  return parsed.error();
}

RawMessage asked(std::uint16_t answers, std::uint16_t authority = 0, std::uint16_t additional = 0) {
  return RawMessage().header(0x8180, 1, answers, authority, additional).question("example.org", Type::A);
}

}  // namespace

TEST_CASE("a message cut anywhere is refused, never half read") {
  const RawMessage whole = asked(1, 0, 1).a("example.org", 1).opt(1232, 0);
  REQUIRE(whole.parse());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    INFO(size);
    CHECK_FALSE(MessageView::parse(whole.view().first(size)));
  }
  CHECK(MessageView::parse(whole.view().first(11)).error() == ParseError::TooShort);
}

TEST_CASE("bytes behind the last record are counted and tolerated") {
  const RawMessage message = asked(0).u16(0xffff);
  REQUIRE(message.parse());
  CHECK(message.parse()->trailing() == 2);
}

TEST_CASE("counts that promise more than is there are refused") {
  CHECK(error_of(asked(2).a("example.org", 1)) == ParseError::BadName);
  CHECK(error_of(RawMessage().header(0, 0xffff, 0xffff, 0xffff, 0xffff)) == ParseError::BadName);
}

TEST_CASE("RDATA that runs past the end of the message is refused") {
  CHECK(error_of(asked(1).pointer(12).fixed(Type::TXT, 5).text("1234")) == ParseError::BadRecord);
}

TEST_CASE("an address of the wrong length is refused") {
  CHECK(error_of(asked(1).pointer(12).fixed(Type::A, 0)) == ParseError::BadRecord);
  CHECK(error_of(asked(1).pointer(12).fixed(Type::A, 5).text("12345")) == ParseError::BadRecord);
  CHECK(error_of(asked(1).pointer(12).fixed(Type::AAAA, 4).text("1234")) == ParseError::BadRecord);
}

TEST_CASE("a name that does not end where its RDATA ends is refused") {
  // RDLENGTH too small: the name would go on in the next record. Too big: octets that mean nothing.
  CHECK(error_of(asked(1).pointer(12).fixed(Type::CNAME, 3).name("ab")) == ParseError::BadRecord);
  CHECK(error_of(asked(1).pointer(12).fixed(Type::CNAME, 5).name("ab").u8(0)) == ParseError::BadRecord);
  CHECK(error_of(asked(1).pointer(12).fixed(Type::MX, 2).u16(10)) == ParseError::BadRecord);
  CHECK(error_of(asked(1).pointer(12).fixed(Type::CNAME, 1).pointer(12)) == ParseError::BadRecord);
}

TEST_CASE("names of newer types must not be compressed") {
  CHECK(asked(1).pointer(12).fixed(Type::SRV, 8).u32(0).u16(25).pointer(12).parse());
  CHECK(error_of(asked(1).pointer(12).fixed(Type::DNAME, 2).pointer(12)) == ParseError::BadRecord);
  CHECK(error_of(asked(1).pointer(12).fixed(Type::HTTPS, 4).u16(1).pointer(12)) == ParseError::BadRecord);
  CHECK(error_of(asked(1).pointer(12).fixed(Type::NSEC, 4).pointer(12).u16(0)) == ParseError::BadRecord);
}

TEST_CASE("RDATA of unknown types and other classes is not looked into") {
  CHECK(asked(1).pointer(12).fixed(Type{65280}, 2).pointer(0).parse());
  CHECK(asked(1).pointer(12).fixed(Type::A, 0, 0, Class::ANY).parse());
}

TEST_CASE("an OPT that is doubled or out of place is refused") {
  CHECK(asked(0, 0, 1).opt(1232, 0).parse());
  CHECK(error_of(asked(0, 0, 2).opt(1232, 0).opt(1232, 0)) == ParseError::BadOpt);
  CHECK(error_of(asked(1).opt(1232, 0)) == ParseError::BadOpt);
  CHECK(error_of(asked(0, 1).opt(1232, 0)) == ParseError::BadOpt);
  CHECK(error_of(asked(0, 0, 1).pointer(12).fixed(Type::OPT, 0)) == ParseError::BadOpt);
}

}  // namespace shirube::wire
