#include "upstream/case_check.hpp"

#include <algorithm>

#include "upstream/authority_reply.hpp"
#include "wire/message.hpp"

namespace shirube::upstream {
namespace {

[[nodiscard]] bool holds_data(const wire::Answer& answer, const wire::Name& name) {
  return std::ranges::any_of(answer.answer, [&](const wire::RRset& rrset) {
    return rrset.owner == name || (rrset.type == wire::Type::DNAME && name.is_within(rrset.owner));
  });
}

[[nodiscard]] bool refers_down(const wire::Answer& answer, const wire::Name& name, const wire::Name& zone) {
  return std::ranges::any_of(answer.authority, [&](const wire::RRset& rrset) {
    return rrset.type == wire::Type::NS && name.is_within(rrset.owner) && rrset.owner.is_within(zone) &&
           !(rrset.owner == zone);
  });
}

// A name of so few labels is often a delegated zone, and then its siblings are served by other servers.
constexpr std::size_t kLabelsOfDelegated = 2;

[[nodiscard]] bool is_upper(std::uint8_t c) { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] bool has_case(std::uint8_t c) { return is_upper(c) || (c >= 'a' && c <= 'z'); }

}  // namespace

Worth worth_of(const AskOutcome& outcome, const wire::Question& asked, const wire::Name& zone) {
  const auto* content = std::get_if<ReplyContent>(&outcome);
  if (content == nullptr) return Worth::Error;
  const auto& answer = content->answer;
  if (holds_data(answer, asked.name) || refers_down(answer, asked.name, zone)) return Worth::Data;
  const bool is_signed = std::ranges::any_of(
      answer.authority, [](const wire::RRset& rrset) { return !rrset.signatures.empty(); });
  if (is_signed) return Worth::SignedDenial;
  return answer.rcode == wire::Rcode::NxDomain ? Worth::NxDomain : Worth::NoData;
}

bool is_unsigned_denial(const AskOutcome& outcome, Worth worth, const wire::Name& zone) {
  if (worth != Worth::NxDomain && worth != Worth::NoData) return false;
  const auto& content = std::get<ReplyContent>(outcome);
  const auto& answer = content.answer;
  return (content.authoritative && !refers_above(answer, zone)) || answer.rcode == wire::Rcode::NxDomain ||
         std::ranges::find(answer.authority, wire::Type::SOA, &wire::RRset::type) != answer.authority.end() ||
         answer.authority.empty();
}

bool proves_case_blind(const ReplyContent& content, const ServerQuery& asked) {
  const auto& name = asked.question.name;
  const bool refers = std::ranges::any_of(content.answer.authority, [&](const wire::RRset& rrset) {
    return rrset.type == wire::Type::NS && rrset.owner == name && !(name == asked.zone);
  });
  const bool is_own = content.authoritative || asked.asked_as == AskedAs::Forwarder;
  const auto& answer = content.answer.answer;
  return refers || (is_own && std::ranges::find(answer, name, &wire::RRset::owner) != answer.end());
}

wire::Name case_zone(const CaseNames& names) {
  if (names.scope == CaseScope::AskedZone) return names.zone;
  return names.asked.label_count() <= kLabelsOfDelegated ? names.asked : names.asked.parent();
}

wire::Name case_zone(const CaseNames& names, const wire::Answer& denial) {
  const auto soa = std::ranges::find_if(denial.authority, [&](const wire::RRset& rrset) {
    return rrset.type == wire::Type::SOA && names.asked.is_within(rrset.owner);
  });
  const bool tells = names.scope == CaseScope::ZoneInReply && soa != denial.authority.end();
  return tells ? soa->owner : case_zone(names);
}

ZonesOfData zones_of_data(const CaseNames& names) {
  if (names.scope == CaseScope::AskedZone) return {names.zone};
  const auto labels = names.asked.label_count();
  if (labels < 2) return {names.asked};
  if (labels > kLabelsOfDelegated) return {names.asked.parent()};
  return {names.asked, names.asked.parent()};
}

// Octets of label lengths are below all letters.
bool has_letters(const wire::Name& name) { return std::ranges::any_of(name.wire(), has_case); }

Capitals capitals_in(wire::BytesView query, std::size_t zone_labels) {
  const auto name = wire::read_name(query, wire::kHeaderSize);
  const auto labels = name ? name->name.label_count() : 0;
  auto at = wire::kHeaderSize;
  for (auto left = labels; left > 0; --left) {
    const auto label = query.subspan(at + 1, query[at]);
    const bool is_below = left > zone_labels;
    if (std::ranges::any_of(label, is_upper)) return is_below ? Capitals::BelowZone : Capitals::OfZone;
    at += 1 + label.size();
  }
  return Capitals::None;
}

}  // namespace shirube::upstream
