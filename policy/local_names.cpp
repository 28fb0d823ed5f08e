#include "policy/local_names.hpp"

#include <array>
#include <cstdint>
#include <utility>

#include "policy/local_zones.hpp"
#include "policy/synthetic_soa.hpp"

namespace shirube::policy {
namespace {

using wire::Name;
using wire::RRset;
using wire::Type;

constexpr std::uint32_t kTtl = 10'800;  // RFC 6303 §3
constexpr std::array<std::uint8_t, 4> kLoopbackV4{127, 0, 0, 1};
constexpr std::array<std::uint8_t, 16> kLoopbackV6{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

RRset single_record(const Name& owner, Type type, wire::BytesView rdata) {
  RRset rrset{
      .owner = owner, .type = type, .klass = wire::Class::IN, .ttl = kTtl, .rdatas = {}, .signatures = {}};
  rrset.rdatas.add(rdata);
  return rrset;
}

std::vector<RRset> records_at(const Name& name, const LocalZone& zone) {
  std::vector<RRset> records;
  if (zone.kind == LocalZoneKind::Nowhere) return records;
  if (name == zone.apex) {
    records.push_back(synthetic_soa(zone.apex, kTtl));
    records.push_back(single_record(zone.apex, Type::NS, zone.apex.wire()));
  }
  if (zone.kind == LocalZoneKind::Localhost) {
    records.push_back(single_record(name, Type::A, kLoopbackV4));
    records.push_back(single_record(name, Type::AAAA, kLoopbackV6));
  }
  if (zone.loopback == name) {
    records.push_back(single_record(name, Type::PTR, Name::literal("localhost.").wire()));
  }
  return records;
}

// A name above the loopback's PTR has no records but exists (RFC 8020).
bool leads_to_loopback(const Name& name, const LocalZone& zone) {
  return zone.loopback && zone.loopback->is_within(name);
}

bool belongs_to_parent(const wire::Question& question, const LocalZone& zone) {
  return question.type == Type::DS && zone.kind == LocalZoneKind::Empty && question.name == zone.apex;
}

}  // namespace

std::optional<wire::Answer> answer_locally(const wire::Question& question) {
  if (question.klass != wire::Class::IN) return std::nullopt;
  const LocalZone* zone = find_local_zone(question.name);
  if (zone == nullptr || belongs_to_parent(question, *zone)) return std::nullopt;

  std::vector<RRset> records = records_at(question.name, *zone);
  const bool exists = !records.empty() || leads_to_loopback(question.name, *zone);
  wire::Answer answer;
  answer.authoritative = true;
  answer.rcode = exists ? wire::Rcode::NoError : wire::Rcode::NxDomain;
  for (RRset& rrset : records) {
    if (question.type == Type::ANY || question.type == rrset.type) answer.answer.push_back(std::move(rrset));
  }
  if (answer.answer.empty()) answer.authority.push_back(synthetic_soa(zone->apex, kTtl));
  return answer;
}

std::optional<Name> local_zone_of(const Name& name) {
  const LocalZone* zone = find_local_zone(name);
  return zone == nullptr ? std::nullopt : std::optional(zone->apex);
}

}  // namespace shirube::policy
