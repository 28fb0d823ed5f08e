#include "upstream/query_message.hpp"

#include <algorithm>
#include <array>

#include "upstream/network.hpp"
#include "wire/builder.hpp"

namespace shirube::upstream {
namespace {

// Header, the longest question, and an OPT without options.
constexpr std::size_t kMaxQuerySize = wire::kHeaderSize + wire::kMaxNameLength + 4 + 11;

[[nodiscard]] bool is_letter(std::uint8_t c) { return wire::lower(c) >= 'a' && wire::lower(c) <= 'z'; }

// Walks label by label, so that length octets (65-90 look like letters) stay as they are.
void set_case(wire::BytesSpan name, wire::BytesView bits, std::size_t labels_below) {
  std::uint8_t* first_letter = nullptr;
  bool has_capital = false;
  for (std::size_t at = 0; at < name.size() && name[at] != 0;) {
    const std::size_t end = at + 1 + name[at];
    const bool is_below = labels_below > 0;
    for (++at; at < end; ++at) {
      if (!is_letter(name[at])) continue;
      const bool upper = (bits[at / 8] >> (at % 8) & 1) != 0;
      name[at] = static_cast<std::uint8_t>(upper ? name[at] & ~0x20 : name[at] | 0x20);
      if (!is_below) continue;
      has_capital = has_capital || upper;
      if (first_letter == nullptr) first_letter = &name[at];
    }
    if (is_below) --labels_below;
  }
  if (first_letter != nullptr && !has_capital) *first_letter &= static_cast<std::uint8_t>(~0x20);
}

}  // namespace

wire::Bytes make_query(const wire::Question& question, QueryForm form, Network& network) {
  std::array<std::uint8_t, kMaxQuerySize> buffer{};
  wire::MessageBuilder builder(buffer, buffer.size());
  wire::Header header;
  header.id = network.random_u16();
  header.rd = form.recursion_desired;
  header.cd = form.checking_disabled;
  builder.set_header(header);
  // The buffer holds the longest name, so neither of these can fail.
  static_cast<void>(builder.add_question(question));
  if (form.edns) {
    static_cast<void>(
        builder.add_opt({.udp_size = wire::kSafeUdpSize, .dnssec_ok = true}, wire::Rcode::NoError));
  }
  const auto message = builder.finish();
  std::array<std::uint8_t, (wire::kMaxNameLength + 7) / 8> bits{};
  if (form.mix_case) network.fill_random(bits);
  const auto labels = question.name.label_count();
  const auto labels_below = form.mix_case ? labels - std::min(labels, form.zone_labels) : 0;
  set_case(message.subspan(wire::kHeaderSize, question.name.size()), bits, labels_below);
  return {message.begin(), message.end()};
}

}  // namespace shirube::upstream
