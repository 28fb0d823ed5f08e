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

}  // namespace

bool answers(wire::BytesView packet, wire::BytesView query) {
  if (packet.size() < wire::kHeaderSize) return false;
  const auto got = wire::read_header(packet);
  const auto sent = wire::read_header(query);
  if (got.id != sent.id || !got.qr || got.opcode != sent.opcode) return false;
  if (got.question_count == 0) return may_lack_question(got.rcode_low) && got.answer_count == 0;
  if (got.question_count != 1) return false;
  const auto name_end = wire::skip_name(query, wire::kHeaderSize);
  if (!name_end) return false;
  const auto length = *name_end + 4 - wire::kHeaderSize;
  if (packet.size() < wire::kHeaderSize + length) return false;
  const auto asked = query.subspan(wire::kHeaderSize, length);
  return std::ranges::equal(packet.subspan(wire::kHeaderSize, length), asked);
}

GateVerdict ReplyGate::offer(wire::BytesView packet) {
  if (answers(packet, query_)) return GateVerdict::Accept;
  return ++near_misses_ > kMaxNearMisses ? GateVerdict::GiveUp : GateVerdict::Ignore;
}

}  // namespace shirube::upstream
