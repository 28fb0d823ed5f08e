#include "server/reply.hpp"

#include <algorithm>
#include <vector>

#include "server/compact_denial.hpp"
#include "wire/builder.hpp"

namespace shirube::server {
namespace {

using wire::Section;
using wire::Type;

// What a TCP client may keep its idle connection open for, in units of 100 ms (RFC 7828): as the listener's
// idle limit.
constexpr std::uint16_t kKeepalive = 100;

[[nodiscard]] wire::Header reply_header(const wire::Answer& answer, wire::Rcode rcode,
                                        const ReplyForm& form) {
  wire::Header header;
  header.id = form.header.id;
  header.qr = true;
  header.opcode = form.header.opcode;
  header.aa = answer.authoritative;
  header.rd = form.header.rd;
  header.ra = true;
  header.cd = form.header.cd;
  header.ad = answer.authentic && (form.header.ad || form.dnssec_ok);
  header.rcode_low = static_cast<std::uint8_t>(static_cast<unsigned>(rcode) & 0xFU);
  return header;
}

[[nodiscard]] bool only_for_dnssec(const wire::RRset& rrset) {
  return wire::is_denial(rrset.type) || rrset.type == Type::RRSIG;
}

// What of an answer its client asked to see.
struct Wanted {
  bool dnssec = false;  // DO
  Type type{};

  // RFC 4035 §3.2.1: signatures and proofs only with DO, or when just they were asked for.
  [[nodiscard]] bool includes(Section section, const wire::RRset& rrset) const {
    if (dnssec || !only_for_dnssec(rrset)) return true;
    return section == Section::Answer && (type == rrset.type || type == Type::ANY);
  }
};

[[nodiscard]] bool add_all(wire::MessageBuilder& builder, Section section,
                           const std::vector<wire::RRset>& rrsets, const Wanted& wanted) {
  return std::ranges::all_of(rrsets, [&](const wire::RRset& rrset) {
    return !wanted.includes(section, rrset) || builder.add(section, rrset, rrset.ttl, wanted.dnssec);
  });
}

// The type behind the name; a question that could not be read has none.
[[nodiscard]] Type type_in(wire::BytesView question) {
  constexpr std::size_t kTypeAndClass = 4;
  if (question.size() <= kTypeAndClass) return {};
  return Type{wire::read_u16(question.last(kTypeAndClass).data())};
}

// Errors only take the room that data leaves (CVE-2024-1931): first their texts go, then the last of them. A
// bare OPT always fits.
[[nodiscard]] bool add_opt_that_fits(wire::MessageBuilder& builder, wire::OptToWrite opt, wire::Rcode rcode) {
  if (builder.add_opt(opt, rcode)) return true;
  std::vector<wire::ExtendedError> errors(opt.errors.begin(), opt.errors.end());
  for (auto& error : errors) error.text.clear();
  for (;; errors.pop_back()) {
    opt.errors = errors;
    if (builder.add_opt(opt, rcode)) return true;
    if (errors.empty()) return false;
  }
}

}  // namespace

ReplyForm reply_form(const wire::QueryView& query, bool over_tcp) {
  ReplyForm form;
  form.header = query.header;
  form.edns = query.edns.has_value();
  form.dnssec_ok = form.edns && query.edns->dnssec_ok;
  form.compact_ok = form.dnssec_ok && query.edns->compact_ok;
  if (over_tcp) {
    form.size_limit = wire::kMaxMessageSize;
    if (form.edns && query.edns->wants_keepalive) form.keepalive_100ms = kKeepalive;
  } else if (form.edns) {
    form.size_limit = std::clamp(query.edns->udp_size, wire::kPlainUdpSize, wire::kSafeUdpSize);
  }
  return form;
}

namespace {

enum class Cut : std::uint8_t { AsNeeded, Always };  // TC

[[nodiscard]] wire::Answer too_large_for_a_message() {
  wire::Answer answer;
  answer.rcode = wire::Rcode::ServFail;
  answer.errors.push_back({wire::Ede::Other, "the answer is larger than a DNS message (65,535 octets)"});
  return answer;
}

[[nodiscard]] std::size_t write(const wire::Answer& answer, wire::BytesView question, const ReplyForm& form,
                                wire::BytesSpan out, Cut cut) {
  wire::MessageBuilder builder(out, std::min(form.size_limit, out.size()));
  const auto rcode = rcode_for(answer, question, form);
  builder.set_header(reply_header(answer, rcode, form));
  const wire::OptToWrite opt{.udp_size = wire::kSafeUdpSize,
                             .dnssec_ok = form.dnssec_ok,
                             .compact_ok = form.compact_ok,
                             .errors = answer.errors,
                             .keepalive_100ms = form.keepalive_100ms};
  if (!question.empty() && !builder.add_question_bytes(question)) return 0;
  auto bare = opt;
  bare.errors = {};
  if (form.edns) builder.reserve(wire::encoded_size(bare));
  const Wanted wanted{form.dnssec_ok, type_in(question)};
  const bool whole = add_all(builder, Section::Answer, answer.answer, wanted) &&
                     add_all(builder, Section::Authority, answer.authority, wanted);
  if (!whole && std::min(form.size_limit, out.size()) == wire::kMaxMessageSize) {
    return write(too_large_for_a_message(), question, form, out, cut);
  }
  if (!whole || cut == Cut::Always) builder.set_truncated();
  if (whole) static_cast<void>(add_all(builder, Section::Additional, answer.additional, wanted));
  if (form.edns && !add_opt_that_fits(builder, opt, rcode)) return 0;
  return builder.finish().size();
}

}  // namespace

std::size_t write_reply(const wire::Answer& answer, wire::BytesView question, const ReplyForm& form,
                        wire::BytesSpan out) {
  return write(answer, question, form, out, Cut::AsNeeded);
}

std::size_t write_truncated_reply(wire::Rcode rcode, wire::BytesView question, const ReplyForm& form,
                                  wire::BytesSpan out) {
  wire::Answer answer;
  answer.rcode = rcode;
  return write(answer, question, form, out, Cut::Always);
}

}  // namespace shirube::server
