#include "upstream/reply_gate.hpp"

#include <algorithm>

#include "wire/message.hpp"

namespace shirube::upstream {
namespace {

[[nodiscard]] bool may_lack_question(std::uint8_t rcode) {
  using wire::Rcode;
  const auto code = static_cast<Rcode>(rcode);
  return code == Rcode::FormErr || code == Rcode::NotImp || code == Rcode::ServFail || code == Rcode::Refused;
}

// The header of a truncated reply is enough. Servers without EDNS send a FORMERR followed by half a query.
[[nodiscard]] bool is_readable(wire::BytesView packet) {
  const auto header = wire::read_header(packet);
  if (header.tc || static_cast<wire::Rcode>(header.rcode_low) == wire::Rcode::FormErr) return true;
  return wire::MessageView::parse(packet).has_value();
}

[[nodiscard]] bool same_letters(std::uint8_t a, std::uint8_t b) { return wire::lower(a) == wire::lower(b); }

}  // namespace

Match match_reply(wire::BytesView packet, wire::BytesView query) {
  if (packet.size() < wire::kHeaderSize) return Match::No;
  const auto got = wire::read_header(packet);
  const auto sent = wire::read_header(query);
  if (got.id != sent.id || !got.qr || got.opcode != sent.opcode) return Match::No;
  if (got.question_count == 0) {
    return may_lack_question(got.rcode_low) && got.answer_count == 0 ? Match::Exact : Match::No;
  }
  if (got.question_count != 1) return Match::No;
  const auto name_end = wire::skip_name(query, wire::kHeaderSize);
  if (!name_end) return Match::No;
  const auto name_size = *name_end - wire::kHeaderSize;
  if (packet.size() < *name_end + 4) return Match::No;
  const auto asked = query.subspan(wire::kHeaderSize, name_size + 4);
  const auto echoed = packet.subspan(wire::kHeaderSize, name_size + 4);
  if (std::ranges::equal(echoed, asked)) return Match::Exact;
  const bool same_type = std::ranges::equal(echoed.last(4), asked.last(4));
  return same_type && std::ranges::equal(echoed.first(name_size), asked.first(name_size), same_letters)
             ? Match::OtherCase
             : Match::No;
}

GateVerdict ReplyGate::offer(wire::BytesView packet) {
  const auto match = match_reply(packet, query_);
  const bool by_udp = transport_ == Transport::Udp;
  if (match == Match::Exact && by_udp && !is_readable(packet)) return mismatch(GateVerdict::IgnoreMalformed);
  if (match == Match::Exact) return GateVerdict::Accept;
  if (match == Match::OtherCase) return by_udp ? GateVerdict::GiveUp : GateVerdict::Accept;
  return mismatch(GateVerdict::Ignore);
}

}  // namespace shirube::upstream
