#include "upstream/reply_reading.hpp"

#include <algorithm>

#include "upstream/reply_gate.hpp"
#include "wire/edns.hpp"
#include "wire/message.hpp"

namespace shirube::upstream {
namespace {

using wire::Rcode;

[[nodiscard]] bool is_answer(Rcode rcode) {
  return rcode == Rcode::NoError || rcode == Rcode::NxDomain || rcode == Rcode::YxDomain;
}

[[nodiscard]] bool may_mean_no_edns(Rcode rcode) {
  return rcode == Rcode::FormErr || rcode == Rcode::NotImp || rcode == Rcode::BadVers;
}

// Our queries carry nothing in additional but OPT.
[[nodiscard]] bool has_edns(wire::BytesView query) { return wire::read_header(query).additional_count != 0; }

// The gate has let only replies through whose question, if there is one, is the one that was asked.
void restore_case(wire::Bytes& reply, const wire::Name& asked) {
  if (wire::read_header(reply).question_count != 1) return;
  std::ranges::copy(asked.wire(), reply.begin() + wire::kHeaderSize);
}

}  // namespace

ReplyReading read_reply(wire::Bytes reply, wire::BytesView query, const wire::Name& asked) {
  ReplyReading reading;
  reading.lost_case = match_reply(reply, query) == Match::OtherCase;
  restore_case(reply, asked);
  const auto message = wire::MessageView::parse(reply);
  if (!message) {
    // A server of before EDNS may echo half of our query with its FORMERR.
    const bool formerr = reply.size() >= wire::kHeaderSize &&
                         wire::read_header(reply).rcode_low == static_cast<std::uint8_t>(Rcode::FormErr);
    if (message.error() == wire::ParseError::TooManyNames) reading.kind = ReplyKind::TooLarge;
    if (formerr && has_edns(query)) reading.kind = ReplyKind::EdnsRefused;
    // Some servers and middleboxes cut a reply within a record.
    if (reply.size() >= wire::kHeaderSize && wire::read_header(reply).tc) reading.kind = ReplyKind::Truncated;
    return reading;
  }
  reading.rcode = message->rcode();
  reading.has_edns = message->has_opt();
  if (const auto& opt = message->opt()) reading.errors = wire::read_extended_errors(*opt);
  if (message->header().tc) {
    reading.kind = ReplyKind::Truncated;
  } else if (is_answer(reading.rcode)) {
    auto answer = wire::read_answer(*message);
    reading.kind = answer ? ReplyKind::Answered : ReplyKind::TooLarge;
    if (!answer) return reading;
    reading.content.answer = std::move(*answer);
    reading.content.answer.rcode = reading.rcode;
    reading.content.authoritative = message->header().aa;
    reading.content.recursed = message->header().ra && wire::read_header(query).rd;
    reading.content.with_edns = reading.has_edns;
  } else if (has_edns(query) && may_mean_no_edns(reading.rcode) &&
             (!reading.has_edns || reading.rcode == Rcode::BadVers)) {
    reading.kind = ReplyKind::EdnsRefused;
  } else {
    reading.kind = ReplyKind::Failed;
  }
  return reading;
}

}  // namespace shirube::upstream
