// A QueryHandler that does what the first letter of the question says, and remembers what it owes.
// Threads:  the test's.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "loop_fixture.hpp"
#include "server/query_handler.hpp"

namespace shirube::server {

inline constexpr std::uint8_t kAtOnce = 'a';
inline constexpr std::uint8_t kLater = 'l';
inline constexpr std::uint8_t kSilent = 's';
inline constexpr std::uint8_t kBig = 'b';      // a reply of kBigReply octets at once
inline constexpr std::uint8_t kBigSent = 'B';  // the same, but sent to the sink from within on_packet()
inline constexpr std::size_t kBigReply = 60'000;

struct ScriptedHandler final : QueryHandler {
  struct Owed {
    ReplyPath path;
    wire::Bytes query;
  };
  std::vector<Owed> owed;
  std::vector<std::uint16_t> seen;
  std::vector<ReplyPath> paths;

  HandleResult on_packet(wire::BytesView packet, const ReplyPath& path, wire::BytesSpan out) override {
    seen.push_back(id_of(packet));
    paths.push_back(path);
    const auto letter = packet.size() > 13 ? packet[13] : kSilent;
    if (letter == kSilent) return {};
    if (letter == kLater) {
      owed.push_back({path, {packet.begin(), packet.end()}});
      return {.handled = Handled::Later};
    }
    auto reply = make_reply(packet);
    if (letter == kBigSent) {
      reply.resize(kBigReply);
      path.sink->send(path, reply);
      return {.handled = Handled::Later};
    }
    std::ranges::copy(reply, out.begin());
    return {.handled = Handled::Replied, .reply_size = letter == kBig ? kBigReply : reply.size()};
  }

  void pay(std::size_t index) {
    const auto debt = owed[index];
    owed.erase(owed.begin() + static_cast<std::ptrdiff_t>(index));
    debt.path.sink->send(debt.path, make_reply(debt.query));
  }
};

}  // namespace shirube::server
