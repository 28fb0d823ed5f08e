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
  return answer.rcode == wire::Rcode::NxDomain ? Worth::NxDomain : Worth::NoData;
}

bool is_unsigned_denial(const AskOutcome& outcome, Worth worth, const wire::Name& zone) {
  if (worth != Worth::NxDomain && worth != Worth::NoData) return false;
  const auto& content = std::get<ReplyContent>(outcome);
  const auto& answer = content.answer;
  const bool denies =
      (content.authoritative && !refers_above(answer, zone)) || answer.rcode == wire::Rcode::NxDomain ||
      std::ranges::find(answer.authority, wire::Type::SOA, &wire::RRset::type) != answer.authority.end() ||
      answer.authority.empty();
  return denies && std::ranges::all_of(answer.authority,
                                       [](const wire::RRset& rrset) { return rrset.signatures.empty(); });
}

wire::Name case_zone(CaseScope scope, const wire::Name& asked) {
  if (scope == CaseScope::OfServer) return {};
  return asked.label_count() <= kLabelsOfDelegated ? asked : asked.parent();
}

wire::Name case_zone(CaseScope scope, const wire::Name& asked, const wire::Answer& denial) {
  const auto soa = std::ranges::find_if(denial.authority, [&](const wire::RRset& rrset) {
    return rrset.type == wire::Type::SOA && asked.is_within(rrset.owner);
  });
  const bool tells = scope == CaseScope::OfZone && soa != denial.authority.end();
  return tells ? soa->owner : case_zone(scope, asked);
}

std::vector<wire::Name> zones_of_data(CaseScope scope, const wire::Name& asked) {
  if (scope == CaseScope::OfServer) return {wire::Name()};
  const auto labels = asked.label_count();
  if (labels < 2) return {asked};
  if (labels > kLabelsOfDelegated) return {asked.parent()};
  return {asked, asked.parent()};
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
