#include "policy/rebinding.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <variant>

#include "policy/service_hints.hpp"
#include "policy/steps.hpp"

namespace shirube::policy {
namespace {

using wire::Address;
using wire::BytesView;
using wire::Family;
using wire::RRset;
using wire::Type;

constexpr std::size_t kIpv4Size = 4;
constexpr std::size_t kIpv6Size = 16;

struct Range {
  std::array<std::uint8_t, kIpv6Size> network;
  unsigned bits;
};
constexpr std::array kPrivateIpv4{
    Range{{0}, 8},                    // this network: Linux takes 0.0.0.0 for this host
    Range{{10}, 8},                   // RFC 1918
    Range{{100, 64}, 10},             // shared, behind a provider's NAT: RFC 6598
    Range{{127}, 8},                  // this host
    Range{{169, 254}, 16},            // link-local: RFC 3927; metadata services of clouds
    Range{{172, 16}, 12},             // RFC 1918
    Range{{192, 168}, 16},            // RFC 1918
    Range{{255, 255, 255, 255}, 32},  // broadcast
};
constexpr std::array kPrivateIpv6{
    Range{{0}, 127},          // ::, ::1
    Range{{0xfc}, 7},         // unique local: RFC 4193
    Range{{0xfe, 0x80}, 10},  // link-local
    Range{{0xfe, 0xc0}, 10},  // site-local, deprecated: RFC 3879
};

// IPv6 addresses that stand for an IPv4 address, which begins at `at`.
struct Carrier {
  Range range;
  std::size_t at;
};
constexpr std::array kCarriers{
    Carrier{{{0}, 96}, 12},                                            // IPv4-compatible
    Carrier{{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96}, 12},     // IPv4-mapped
    Carrier{{{0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0}, 96}, 12},     // IPv4-translated: RFC 7915
    Carrier{{{0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0}, 96}, 12},  // NAT64: RFC 6052
    Carrier{{{0, 0x64, 0xff, 0x9b, 0, 1}, 48}, 12},                    // NAT64 of a site: RFC 8215
    Carrier{{{0x20, 0x02}, 16}, 2},                                    // 6to4: RFC 3056
};

bool is_in(BytesView address, const Range& range) {
  const std::size_t whole = range.bits / 8;
  if (!std::ranges::equal(address.first(whole), BytesView(range.network).first(whole))) return false;
  const unsigned rest = range.bits % 8;
  return rest == 0 || (address[whole] ^ range.network.at(whole)) >> (8 - rest) == 0;
}

bool is_private_ipv4(BytesView address) {
  return std::ranges::any_of(kPrivateIpv4, [&](const Range& range) { return is_in(address, range); });
}

bool is_private_ipv6(BytesView address) {
  if (std::ranges::any_of(kPrivateIpv6, [&](const Range& range) { return is_in(address, range); }))
    return true;
  return std::ranges::any_of(kCarriers, [&](const Carrier& carrier) {
    return is_in(address, carrier.range) && is_private_ipv4(address.subspan(carrier.at, kIpv4Size));
  });
}

// A list of addresses. The rest after the last whole address is ignored.
bool holds_private(BytesView addresses, Family family) {
  const std::size_t size = family == Family::V4 ? kIpv4Size : kIpv6Size;
  for (; addresses.size() >= size; addresses = addresses.subspan(size)) {
    const auto address = addresses.first(size);
    if (family == Family::V4 ? is_private_ipv4(address) : is_private_ipv6(address)) return true;
  }
  return false;
}

// A hint that is not a list of whole addresses is removed as well: clients may read it in different ways.
bool is_private_hint(const ServiceParameter& param) {
  const auto is_bad = [&](Family family, std::size_t size) {
    return param.value.size() % size != 0 || holds_private(param.value, family);
  };
  return (param.key == kIpv4Hint && is_bad(Family::V4, kIpv4Size)) ||
         (param.key == kIpv6Hint && is_bad(Family::V6, kIpv6Size));
}

// The RDATAs that are allowed; nullopt: all of them, unchanged.
std::optional<wire::RdataList> public_rdatas(const RRset& rrset) {
  const bool is_address = rrset.type == Type::A || rrset.type == Type::AAAA;
  if (!is_address && !has_service_hints(rrset.type)) return std::nullopt;
  const auto family = rrset.type == Type::A ? Family::V4 : Family::V6;
  wire::RdataList kept;
  bool changed = false;
  for (const BytesView rdata : rrset.rdatas) {
    if (is_address) {
      const bool goes = holds_private(rdata, family);
      if (!goes) kept.add(rdata);
      changed |= goes;
      continue;
    }
    const auto stripped = without_parameters(rdata, is_private_hint);
    changed |= !std::holds_alternative<Unchanged>(stripped);
    // A client that reads less strictly may find a hint in a malformed record, so all of it goes.
    if (std::holds_alternative<Malformed>(stripped)) continue;
    const auto* shorter = std::get_if<wire::Bytes>(&stripped);
    kept.add(shorter != nullptr ? BytesView(*shorter) : rdata);
  }
  kept.drop_duplicates();
  return changed ? std::optional(std::move(kept)) : std::nullopt;
}

struct Withheld {
  bool any = false;
  std::optional<RRset> last_emptied = std::nullopt;
};

Withheld withhold_in(const RebindingRule& rule, std::vector<RRset>& section) {
  Withheld withheld;
  for (RRset& rrset : section) {
    auto kept = public_rdatas(rrset);
    const auto holds_owner = [&](const wire::Name& zone) { return rrset.owner.is_within(zone); };
    if (!kept || std::ranges::any_of(rule.exempt, holds_owner)) continue;
    withheld.any = true;
    rrset.rdatas = *std::move(kept);
    rrset.signatures = {};
    if (rrset.rdatas.empty()) withheld.last_emptied = rrset;
  }
  std::erase_if(section, [](const RRset& rrset) { return rrset.rdatas.empty(); });
  return withheld;
}

}  // namespace

bool is_private(const Address& address) {
  return holds_private(BytesView(address.bytes).first(address.size()), address.family);
}

void withhold_private(const RebindingRule& rule, const wire::Question& question, wire::Answer& answer,
                      const ClientView& client, Applied& applied) {
  if (!rule.is_on || is_failure(answer)) return;
  const auto in_answer = withhold_in(rule, answer.answer);
  const auto in_additional = withhold_in(rule, answer.additional);
  if (!in_answer.any) {
    if (in_additional.any) applied.set(Rewriter::Rebinding);
    return;
  }
  const bool asked_is_left = std::ranges::any_of(answer.answer, [&](const RRset& rrset) {
    return rrset.type == question.type || question.type == Type::ANY;
  });
  const auto& emptied = in_answer.last_emptied;
  if (!asked_is_left && emptied) set_denial(answer, emptied->owner, emptied->ttl);
  mark_rewritten(Rewriter::Rebinding, wire::Ede::Blocked, client, answer, applied);
}

}  // namespace shirube::policy
