// Limits in octets of what one message may unfold to: names of a message, and one RRset.
#include <string>

#include <catch2/catch.hpp>

#include "tests/unit/wire/raw_message.hpp"
#include "wire/answer.hpp"

namespace shirube::wire {
namespace {

using tests::RawMessage;

constexpr std::size_t kOwnerOctets = 3;     // "a."
constexpr std::size_t kTargetOctets = 250;  // "12345." and the suffix that all share
constexpr std::size_t kPointer = 2;

// PTR records whose targets are short in the message and long as they read.
[[nodiscard]] RawMessage pointers(std::size_t count) {
  const std::string label(60, 's');
  const std::string rest(59, 's');
  RawMessage raw = RawMessage().header(0x8180, 1, static_cast<std::uint16_t>(count));
  const auto suffix = raw.size();
  raw.question(label + '.' + label + '.' + label + '.' + rest + '.', Type::PTR);
  const auto owner = raw.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (i == 0) {
      raw.name("a");
    } else {
      raw.pointer(owner);
    }
    const auto number = std::to_string(10'000 + i);
    raw.fixed(Type::PTR, static_cast<std::uint16_t>(1 + number.size() + kPointer));
    raw.u8(static_cast<std::uint8_t>(number.size())).text(number).pointer(suffix);
  }
  return raw;
}

}  // namespace

TEST_CASE("a message whose names read as more than the limit is refused before they are unfolded") {
  constexpr std::size_t kOctetsEach = kOwnerOctets + kTargetOctets;
  CHECK(pointers(kMaxNameOctets / (2 * kOctetsEach)).parse());
  const auto beyond = pointers(kMaxNameOctets / kOctetsEach + 1);
  REQUIRE(beyond.size() <= kMaxMessageSize);
  const auto refused = beyond.parse();
  REQUIRE_FALSE(refused);
  CHECK(refused.error() == ParseError::TooManyNames);
}

TEST_CASE("an RRset is taken up to its limit in octets, however short it is in the message") {
  constexpr std::size_t kOctetsEach = kOwnerOctets + kRecordFixedSize + kTargetOctets;
  const auto below = pointers(kMaxRRsetBytes / (kOctetsEach + 2 * kPointer));
  const auto answer = read_answer(tests::parsed(below));
  REQUIRE(answer);
  CHECK(answer->answer.at(0).rdatas.count() > 900);
  CHECK_FALSE(read_answer(tests::parsed(pointers(kMaxRRsetBytes / kOctetsEach + 1))));
}

}  // namespace shirube::wire
