#include <string>

#include <catch2/catch.hpp>

#include "tests/unit/wire/raw_message.hpp"
#include "wire/answer.hpp"

namespace shirube::wire {
namespace {

using tests::RawMessage;

void add_signature(RawMessage& raw, std::string_view owner, Type covered, std::uint8_t mark,
                   std::uint32_t ttl = 300) {
  raw.name(owner).fixed(Type::RRSIG, 20, ttl).u16(static_cast<std::uint16_t>(covered));
  for (int i = 0; i < 16; ++i) raw.u8(0);
  raw.u8(0).u8(mark);  // signer ".", one octet of signature
}

std::optional<Answer> answer_of(const RawMessage& raw) { return read_answer(tests::parsed(raw)); }

}  // namespace

TEST_CASE("records are grouped without case, in order of first appearance, with the lowest TTL") {
  const auto answer = answer_of(RawMessage()
                                    .header(0x8580, 0, 4)
                                    .a("b.test", 1, 300)
                                    .a("a.test", 2, 50)
                                    .a("B.test", 3, 200)
                                    .a("b.test", 4, 400));
  REQUIRE(answer);
  REQUIRE(answer->answer.size() == 2);
  CHECK(answer->answer[0].owner.text() == "b.test.");
  CHECK(answer->answer[0].rdatas.count() == 3);
  CHECK(answer->answer[0].ttl == 200);
  CHECK(answer->answer[1].owner.text() == "a.test.");
  CHECK(answer->answer[1].ttl == 50);
  CHECK(lowest_ttl(*answer) == 50U);
  CHECK_FALSE(answer->authoritative);
}

TEST_CASE("the AD bit of a message is not taken over") {
  CHECK_FALSE(answer_of(RawMessage().header(0x81A0, 0, 1).a("a.test", 1))->authentic);
}

TEST_CASE("a record that came twice is kept once") {
  const auto answer =
      answer_of(RawMessage().header(0x8180, 0, 3).a("a.test", 1).a("a.test", 2).a("a.test", 1));
  REQUIRE(answer);
  CHECK(answer->answer.at(0).rdatas.count() == 2);
}

TEST_CASE("the same owner in two sections makes two RRsets") {
  const auto answer =
      answer_of(RawMessage().header(0x8180, 0, 1, 1, 1).a("a.test", 1).a("a.test", 1).a("a.test", 1));
  REQUIRE(answer);
  CHECK(answer->answer.size() == 1);
  CHECK(answer->authority.size() == 1);
  CHECK(answer->additional.size() == 1);
}

TEST_CASE("signatures join what they cover, also when they come first") {
  RawMessage raw = RawMessage().header(0x8180, 0, 3);
  add_signature(raw, "a.test", Type::A, 1, 100);
  raw.a("a.test", 1, 300);
  add_signature(raw, "a.test", Type::A, 2);
  const auto answer = answer_of(raw);
  REQUIRE(answer);
  REQUIRE(answer->answer.size() == 1);
  CHECK(answer->answer[0].type == Type::A);
  CHECK(answer->answer[0].rdatas.count() == 1);
  CHECK(answer->answer[0].signatures.count() == 2);
  CHECK(answer->answer[0].ttl == 100);
}

TEST_CASE("signatures over what is not there stand alone") {
  RawMessage raw = RawMessage().header(0x8180, 0, 2);
  add_signature(raw, "a.test", Type::MX, 1);
  raw.a("a.test", 1);
  const auto answer = answer_of(raw);
  REQUIRE(answer);
  REQUIRE(answer->answer.size() == 2);
  CHECK(answer->answer[0].signatures.empty());
  CHECK(answer->answer[1].type == Type::RRSIG);
  CHECK(answer->answer[1].rdatas.count() == 1);
}

TEST_CASE("OPT, meta types and other classes are left out") {
  RawMessage raw = RawMessage().header(0x8180, 0, 1, 0, 2);
  raw.name("a.test").fixed(Type::TXT, 1, 0, Class::CH).u8(0);
  raw.name("key").fixed(Type::TSIG, 0, 0, Class::IN).opt(1232, 0);
  const auto answer = answer_of(raw);
  REQUIRE(answer);
  CHECK(answer->answer.empty());
  CHECK(answer->additional.empty());
  CHECK_FALSE(lowest_ttl(*answer));
}

TEST_CASE("an RRset of as many records as a message holds is taken whole, and duplicates are dropped") {
  constexpr std::uint16_t kMany = 4'000;
  RawMessage raw = RawMessage().header(0x8180, 1, kMany + 1).question("a.test", Type::A);
  for (std::uint16_t i = 0; i < kMany; ++i) raw.pointer(12).fixed(Type::A, 4).u16(0x0A00).u16(i);
  raw.pointer(12).fixed(Type::A, 4).u16(0x0A00).u16(7);
  const auto answer = answer_of(raw);
  REQUIRE(answer);
  CHECK(answer->answer.at(0).rdatas.count() == kMany);
  std::uint16_t next = 0;
  for (const auto rdata : answer->answer.at(0).rdatas) CHECK(read_u16(&rdata[2]) == next++);
}

TEST_CASE("an RRset that is too large makes the answer unusable") {
  RawMessage keys = RawMessage().header(0x8180, 0, kMaxSecurityRecords);
  for (std::size_t i = 0; i < kMaxSecurityRecords; ++i)
    keys.name("a.test").fixed(Type::DNSKEY, 6).u16(256).u8(3).u8(13).u16(static_cast<std::uint16_t>(i));
  CHECK(answer_of(keys));
  RawMessage more_keys = RawMessage().header(0x8180, 0, kMaxSecurityRecords + 1);
  for (std::size_t i = 0; i <= kMaxSecurityRecords; ++i)
    more_keys.name("a.test").fixed(Type::DNSKEY, 6).u16(256).u8(3).u8(13).u16(static_cast<std::uint16_t>(i));
  CHECK_FALSE(answer_of(more_keys));
}

TEST_CASE("many RRsets in mixed order are all found again") {
  constexpr std::uint16_t kNames = 500;
  RawMessage raw = RawMessage().header(0x8180, 0, 2 * kNames);
  for (std::uint8_t round = 0; round < 2; ++round) {
    for (std::uint16_t i = 0; i < kNames; ++i) raw.a("n" + std::to_string(i) + ".test", round);
  }
  const auto answer = answer_of(raw);
  REQUIRE(answer);
  REQUIRE(answer->answer.size() == kNames);
  for (const RRset& rrset : answer->answer) CHECK(rrset.rdatas.count() == 2);
}

}  // namespace shirube::wire
