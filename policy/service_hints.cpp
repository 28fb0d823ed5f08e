#include "policy/service_hints.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "wire/message.hpp"

namespace shirube::policy {
namespace {

using wire::Bytes;
using wire::BytesView;

constexpr std::uint16_t kMandatory = 0;

using Keys = std::vector<std::uint16_t>;

// Takes the parameter at the front of `rest`; nullopt if it is incomplete.
std::optional<ServiceParameter> take_param(BytesView& rest) {
  constexpr std::size_t kHead = 4;
  if (rest.size() < kHead) return std::nullopt;
  const std::uint16_t key = wire::read_u16(rest.data());
  const std::size_t length = wire::read_u16(rest.data() + 2);
  if (rest.size() - kHead < length) return std::nullopt;
  const ServiceParameter param{.key = key, .value = rest.subspan(kHead, length)};
  rest = rest.subspan(kHead + length);
  return param;
}

void append_u16(Bytes& out, std::uint16_t value) {
  out.push_back(static_cast<std::uint8_t>(value >> 8));
  out.push_back(static_cast<std::uint8_t>(value));
}

void append_param(Bytes& out, const ServiceParameter& param) {
  append_u16(out, param.key);
  append_u16(out, static_cast<std::uint16_t>(param.value.size()));
  out.insert(out.end(), param.value.begin(), param.value.end());
}

// The list of mandatory keys without the removed ones: a client ignores a record that lacks a mandatory key.
std::optional<Bytes> without_keys(BytesView mandatory, const Keys& gone) {
  if (mandatory.size() % 2 != 0) return std::nullopt;
  Bytes keys;
  for (std::size_t at = 0; at < mandatory.size(); at += 2) {
    const std::uint16_t key = wire::read_u16(mandatory.data() + at);
    if (std::ranges::find(gone, key) == gone.end()) append_u16(keys, key);
  }
  return keys;
}

std::optional<std::vector<ServiceParameter>> all_parameters(BytesView rest) {
  std::vector<ServiceParameter> all;
  while (!rest.empty()) {
    const auto param = take_param(rest);
    if (!param) return std::nullopt;
    all.push_back(*param);
  }
  return all;
}

}  // namespace

Stripped without_parameters(BytesView rdata, IsUnwanted is_unwanted) {
  constexpr std::size_t kPriority = 2;
  if (rdata.size() <= kPriority) return Malformed{};
  const auto target_end = wire::skip_name(rdata, kPriority);
  if (!target_end || *target_end > rdata.size()) return Malformed{};
  const auto params = all_parameters(rdata.subspan(*target_end));
  if (!params) return Malformed{};
  Keys gone;
  for (const auto& param : *params) {
    if (is_unwanted(param)) gone.push_back(param.key);
  }
  if (gone.empty()) return Unchanged{};

  Bytes out(rdata.begin(), rdata.begin() + static_cast<std::ptrdiff_t>(*target_end));
  for (const auto& param : *params) {
    if (is_unwanted(param)) continue;
    if (param.key != kMandatory) {
      append_param(out, param);
      continue;
    }
    const auto keys = without_keys(param.value, gone);
    if (!keys) return Malformed{};
    if (!keys->empty()) append_param(out, {.key = kMandatory, .value = *keys});
  }
  return out;
}

}  // namespace shirube::policy
