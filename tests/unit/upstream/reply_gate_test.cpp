#include "upstream/reply_gate.hpp"

#include <catch2/catch.hpp>

#include "tests/support/sim_client.hpp"
#include "wire/answer.hpp"

using namespace shirube;
using upstream::GateVerdict;
using upstream::ReplyGate;
using upstream::Transport;

namespace {

[[nodiscard]] wire::Bytes answered(wire::Bytes query) {
  query[2] |= 0x80;
  return query;
}

}  // namespace

TEST_CASE("only the answer to the very question passes") {
  const auto query = test::query("wWw.example.");
  ReplyGate gate(query, Transport::Udp);
  CHECK(gate.offer({}) == GateVerdict::Ignore);
  CHECK(gate.offer(query) == GateVerdict::Ignore);
  CHECK(gate.offer(answered(test::query("wWw.example.", {.id = 1}))) == GateVerdict::Ignore);
  CHECK(gate.near_misses() == 3);
  CHECK(gate.offer(answered(query)) == GateVerdict::Accept);
}

TEST_CASE("too many near misses give up") {
  const auto query = test::query("www.example.");
  ReplyGate gate(query, Transport::Udp);
  const auto wrong = answered(test::query("www.example.", {.id = 1}));
  for (unsigned i = 0; i < ReplyGate::kMaxNearMisses; ++i) CHECK(gate.offer(wrong) == GateVerdict::Ignore);
  CHECK(gate.offer(wrong) == GateVerdict::GiveUp);
}

TEST_CASE("over UDP a reply that cannot be read and an ICMP error count as mismatched") {
  const auto query = test::query("www.example.");
  auto unreadable = answered(query);
  unreadable[7] = 1;  // an answer is promised that is not there
  ReplyGate gate(query, Transport::Udp);
  CHECK(gate.offer(unreadable) == GateVerdict::IgnoreMalformed);
  CHECK(gate.offer_error() == GateVerdict::Ignore);
  CHECK(gate.offer(unreadable) == GateVerdict::IgnoreMalformed);
  CHECK(gate.offer_error() == GateVerdict::GiveUp);
  CHECK(ReplyGate(query, Transport::Tcp).offer(unreadable) == GateVerdict::Accept);
}

TEST_CASE(
    "a reply whose record set exceeds a limit passes over UDP, so that the lookup can say why it fails") {
  const auto query = test::query("www.example.");
  auto large = answered(query);
  constexpr auto kCount = static_cast<std::uint8_t>(wire::kMaxSecurityRecords + 1);
  for (std::uint8_t i = 0; i < kCount; ++i) {
    const std::uint8_t ds[] = {0xc0, 0x0c, 0, 43, 0, 1, 0, 0, 1, 44, 0, 5, 0, i, 13, 2, 0xaa};
    large.insert(large.end(), std::begin(ds), std::end(ds));
  }
  large[7] = kCount;  // answers
  REQUIRE_FALSE(wire::read_answer(*wire::MessageView::parse(large)));
  CHECK(ReplyGate(query, Transport::Udp).offer(large) == GateVerdict::Accept);
}

TEST_CASE("a truncated reply passes though it is cut within a record") {
  const auto query = test::query("www.example.");
  auto cut = answered(query);
  cut[2] |= 0x02;
  cut[7] = 1;
  CHECK(ReplyGate(query, Transport::Udp).offer(cut) == GateVerdict::Accept);
}

TEST_CASE("another case gives up over UDP and is let through over TCP") {
  const auto query = test::query("wWw.example.");
  const auto plain = answered(test::query("www.example."));
  CHECK(ReplyGate(query, Transport::Udp).offer(plain) == GateVerdict::GiveUp);
  CHECK(ReplyGate(query, Transport::Tcp).offer(plain) == GateVerdict::Accept);
}

TEST_CASE("without a question only failures pass, and only without records") {
  const auto query = test::query("www.example.");
  auto bare = answered(query);
  bare.resize(wire::kHeaderSize);
  bare[5] = 0;
  CHECK(upstream::match_reply(bare, query) == upstream::Match::No);
  bare[3] = static_cast<std::uint8_t>(wire::Rcode::FormErr);
  CHECK(upstream::match_reply(bare, query) == upstream::Match::Exact);
  bare[7] = 1;
  CHECK(upstream::match_reply(bare, query) == upstream::Match::No);
}
