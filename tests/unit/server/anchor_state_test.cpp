#include "server/anchor_state.hpp"

#include <catch2/catch.hpp>

#include "dnssec/records.hpp"
#include "wire/presentation.hpp"

namespace shirube::server {
namespace {

using dnssec::FollowedKey;
using dnssec::KeyState;

constexpr std::int64_t kNow = 1'795'305'600;
constexpr std::int64_t kLater = kNow + 30 * 86'400;

FollowedKey key(std::string_view dnskey, KeyState state, std::int64_t hold_until = 0) {
  return {.rdata = wire::parse_rdata(wire::Type::DNSKEY, dnskey).value(),
          .state = state,
          .since = kNow,
          .hold_until = hold_until};
}

std::vector<FollowedKey> one_of_each() {
  const auto root = dnssec::built_in_root_anchor();
  const auto ds = *root.ds.begin();
  return {FollowedKey{.type = wire::Type::DS, .rdata = wire::Bytes(ds.begin(), ds.end()), .since = kNow},
          key("257 3 8 AQIDBAUGBwg=", KeyState::Valid),
          key("257 3 8 AQIDBAUGBwk=", KeyState::Missing),
          key("257 3 8 AQIDBAUGBwo=", KeyState::Pending, kLater),
          key("257 3 8 AQIDBAUGBws=", KeyState::Revoked, kLater),
          key("257 3 8 AQIDBAUGBww=", KeyState::Removed)};
}

std::string refusal(std::string_view text) {
  const auto keys = parse_anchor_state(text);
  return keys ? "fine" : keys.error();
}

TEST_CASE("the file can be read by people") {
  CHECK(
      anchor_state_text({one_of_each()[0], one_of_each()[3]}) ==
      "shirube-anchors 1\n"
      "# The root's keys as they roll over (RFC 5011). Shirube writes this file and reads it when it "
      "starts.\n"
      "# Key tag, state, since when, and until when that lasts at least; then the key, or only its digest.\n"
      "20326 valid since 2026-11-22T00:00:00Z DS 20326 8 2 "
      "e06d44b80b8f1d39a95c0b0d7c65d08458e880409bbc683457104237c7f8ec8d\n"
      "5151 pending since 2026-11-22T00:00:00Z until 2026-12-22T00:00:00Z DNSKEY 257 3 8 AQIDBAUGBwo=\n"
      "end 2\n");
}

TEST_CASE("what is written is read back") {
  const auto keys = parse_anchor_state(anchor_state_text(one_of_each()));
  REQUIRE(keys);
  CHECK(*keys == one_of_each());
}

TEST_CASE("no part of a file is taken for the whole") {
  const auto text = anchor_state_text(one_of_each());
  for (std::size_t size = 0; size < text.size(); ++size) {
    CAPTURE(size);
    CHECK(refusal(std::string_view{text}.substr(0, size)) != "fine");
  }
}

TEST_CASE("a changed character is noticed, or changes nothing but times and states") {
  const auto whole = one_of_each();
  const auto text = anchor_state_text(whole);
  const auto start = text.find("20326 valid");
  for (std::size_t at = start; at < text.size(); ++at) {
    auto changed = text;
    changed[at] = changed[at] == '1' ? '2' : '1';
    const auto keys = parse_anchor_state(changed);
    if (!keys) continue;
    CAPTURE(at, changed);
    REQUIRE(keys->size() == whole.size());
    for (std::size_t i = 0; i < whole.size(); ++i) {
      // A digest has no checksum: a wrong one anchors nothing.
      if (whole[i].type == wire::Type::DNSKEY) CHECK((*keys)[i].rdata == whole[i].rdata);
      CHECK((*keys)[i].state == whole[i].state);
    }
  }
}

TEST_CASE("what cannot be read is told by line") {
  const std::string head = "shirube-anchors 1\n";
  const std::string good =
      "20326 valid since 2026-11-22T00:00:00Z DS 20326 8 2 "
      "e06d44b80b8f1d39a95c0b0d7c65d08458e880409bbc683457104237c7f8ec8d\n";
  CHECK(refusal(head + good + "end 1\n") == "fine");
  CHECK(refusal("") == "line 1: expected \"shirube-anchors 1\"");
  CHECK(refusal("shirube-anchors 2\n" + good + "end 1\n") == "line 1: expected \"shirube-anchors 1\"");
  CHECK(refusal(head + good) == "line 3: the end is missing");
  CHECK(refusal(head + good + "end 2\n") == "line 3: keys are missing");
  CHECK(refusal(head + good + "end 1\nmore\n") == "line 3: trailing data after the end marker");
  CHECK(refusal(head + "end 0\n") == "line 2: no key is trusted");
  CHECK(refusal(head + "# comment\nnonsense\nend 1\n") == "line 3: this is no key");
  CHECK(refusal(head + "1 revoked since 2026-11-22T00:00:00Z DS 1 8 2 00\nend 1\n") ==
        "line 2: this is no key");
  std::string crowd = head;
  for (std::size_t i = 0; i <= dnssec::kMaxFollowedKeys; ++i) crowd += good;
  CHECK(refusal(crowd) == "line 18: too many keys");
  CHECK(refusal(std::string(100'000, '\0')) == "line 1: expected \"shirube-anchors 1\"");
}

}  // namespace
}  // namespace shirube::server
