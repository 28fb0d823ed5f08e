// ipv6hint taken out of SVCB and HTTPS RDATA: browsers connect to the hint without ever asking for the AAAA.
// Source:   RFC 9460 §2.2 (RDATA), §7.3 (hints), §8 (mandatory).
#include <optional>
#include <utility>

#include "policy/steps.hpp"
#include "wire/name.hpp"

namespace shirube::policy {
namespace {

using wire::Bytes;
using wire::BytesView;

constexpr std::uint16_t kMandatory = 0;
constexpr std::uint16_t kIpv6Hint = 6;

struct Param {
  std::uint16_t key;
  BytesView value;
};

// Takes the parameter at the front of `rest`; nullopt when it is not whole.
std::optional<Param> take_param(BytesView& rest) {
  constexpr std::size_t kHead = 4;
  if (rest.size() < kHead) return std::nullopt;
  const std::uint16_t key = wire::read_u16(rest.data());
  const std::size_t length = wire::read_u16(rest.data() + 2);
  if (rest.size() - kHead < length) return std::nullopt;
  const Param param{.key = key, .value = rest.subspan(kHead, length)};
  rest = rest.subspan(kHead + length);
  return param;
}

void append_u16(Bytes& out, std::uint16_t value) {
  out.push_back(static_cast<std::uint8_t>(value >> 8));
  out.push_back(static_cast<std::uint8_t>(value));
}

void append_param(Bytes& out, const Param& param) {
  append_u16(out, param.key);
  append_u16(out, static_cast<std::uint16_t>(param.value.size()));
  out.insert(out.end(), param.value.begin(), param.value.end());
}

// A list of keys without ipv6hint: a client must not look for a mandatory key that is gone, or it drops the
// record.
std::optional<Bytes> without_hint(BytesView mandatory) {
  if (mandatory.size() % 2 != 0) return std::nullopt;
  Bytes keys;
  for (std::size_t at = 0; at < mandatory.size(); at += 2) {
    const std::uint16_t key = wire::read_u16(mandatory.data() + at);
    if (key != kIpv6Hint) append_u16(keys, key);
  }
  return keys;
}

// nullopt: there is no hint in it, or it is not well-formed and so not ours to touch.
std::optional<Bytes> without_hint_rdata(BytesView rdata) {
  constexpr std::size_t kPriority = 2;
  if (rdata.size() <= kPriority) return std::nullopt;
  const auto target_end = wire::skip_name(rdata, kPriority);
  if (!target_end || *target_end > rdata.size()) return std::nullopt;

  Bytes out(rdata.begin(), rdata.begin() + static_cast<std::ptrdiff_t>(*target_end));
  bool found = false;
  for (BytesView rest = rdata.subspan(*target_end); !rest.empty();) {
    const auto param = take_param(rest);
    if (!param) return std::nullopt;
    if (param->key == kIpv6Hint) {
      found = true;
    } else if (param->key == kMandatory) {
      const auto keys = without_hint(param->value);
      if (!keys) return std::nullopt;
      if (!keys->empty()) append_param(out, {.key = kMandatory, .value = *keys});
    } else {
      append_param(out, *param);
    }
  }
  return found ? std::optional(std::move(out)) : std::nullopt;
}

bool strip(wire::RRset& rrset) {
  if (rrset.type != wire::Type::SVCB && rrset.type != wire::Type::HTTPS) return false;
  bool stripped = false;
  wire::RdataList kept;
  for (const BytesView rdata : rrset.rdatas) {
    const auto shorter = without_hint_rdata(rdata);
    stripped |= shorter.has_value();
    kept.add_unless_present(shorter ? BytesView(*shorter) : rdata);
  }
  if (!stripped) return false;
  rrset.rdatas = std::move(kept);
  rrset.signatures = {};
  return true;
}

bool strip_all(std::vector<wire::RRset>& rrsets) {
  bool stripped = false;
  for (wire::RRset& rrset : rrsets) stripped |= strip(rrset);
  return stripped;
}

}  // namespace

Change strip_ipv6_hints(const Job& job) {
  const bool in_additional = strip_all(job.answer.additional);
  if (strip_all(job.answer.answer)) return Change::Content;
  return in_additional ? Change::Additional : Change::None;
}

}  // namespace shirube::policy
