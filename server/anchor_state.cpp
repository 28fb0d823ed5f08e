#include "server/anchor_state.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "conf/timestamp.hpp"
#include "wire/presentation.hpp"

namespace shirube::server {
namespace {

using dnssec::FollowedKey;
using dnssec::KeyState;

constexpr std::string_view kVersion = "shirube-anchors 1";
constexpr std::string_view kComment =
    "# The root's keys as they roll over (RFC 5011). Shirube writes this file and reads it when it starts.\n"
    "# Key tag, state, since when, and until when that lasts at least; then the key, or only its digest.\n";

// The next word of a line.
std::string_view take_word(std::string_view& line) {
  const auto word = line.substr(0, line.find(' '));
  line.remove_prefix(std::min(line.size(), word.size() + 1));
  return word;
}

template <class Number>
std::optional<Number> number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool has_hold(KeyState state) { return state == KeyState::Pending || state == KeyState::Revoked; }

std::string key_text(const FollowedKey& key) {
  const std::string until =
      has_hold(key.state) ? fmt::format(" until {}", conf::timestamp_text(key.hold_until)) : "";
  return fmt::format("{} {} since {}{} {} {}\n", dnssec::tag_of(key), dnssec::to_text(key.state),
                     conf::timestamp_text(key.since), until, wire::to_text(key.type),
                     wire::rdata_text(key.type, key.rdata));
}

// Behind the word that names it.
std::optional<std::int64_t> take_time(std::string_view& line, std::string_view word) {
  if (take_word(line) != word) return std::nullopt;
  return conf::parse_timestamp(take_word(line));
}

std::optional<FollowedKey> parse_key(std::string_view line) {
  const auto tag = number<std::uint16_t>(take_word(line));
  const auto state = dnssec::parse_key_state(take_word(line));
  const auto since = take_time(line, "since");
  if (!tag || !state || !since) return std::nullopt;
  FollowedKey key{.state = *state, .since = *since};
  if (has_hold(*state)) {
    const auto until = take_time(line, "until");
    if (!until) return std::nullopt;
    key.hold_until = *until;
  }
  const auto type = wire::parse_type(take_word(line));
  if (type != wire::Type::DNSKEY && type != wire::Type::DS) return std::nullopt;
  const auto rdata = wire::parse_rdata(*type, line);
  if (!rdata || dnssec::why_no_anchor(*type, *rdata)) return std::nullopt;
  key.type = *type;
  key.rdata = *rdata;
  return dnssec::tag_of(key) == *tag ? std::optional(key) : std::nullopt;
}

class StateReader {
 public:
  explicit StateReader(std::string_view text) : text_(text) {}

  std::expected<std::vector<FollowedKey>, std::string> read() {
    if (take_line() != kVersion) return wrong(fmt::format("expected \"{}\"", kVersion));
    for (;;) {
      auto line = take_line();
      if (!line) return wrong("the end is missing");
      if (line->starts_with("end ")) return finish(line->substr(4));
      auto key = parse_key(*line);
      if (!key) return wrong("this is no key");
      keys_.push_back(*std::move(key));
      if (keys_.size() > dnssec::kMaxFollowedKeys) return wrong("too many keys");
    }
  }

 private:
  // A line without its end, which has to be there; comments are skipped.
  std::optional<std::string_view> take_line() {
    for (;;) {
      ++line_;
      const auto end = text_.find('\n');
      if (end == std::string_view::npos) return std::nullopt;
      const auto line = text_.substr(0, end);
      text_.remove_prefix(end + 1);
      if (!line.starts_with('#')) return line;
    }
  }

  std::expected<std::vector<FollowedKey>, std::string> finish(std::string_view count) {
    if (number<std::size_t>(count) != keys_.size()) return wrong("keys are missing");
    if (!text_.empty()) return wrong("trailing data after the end marker");
    const bool any_trusted =
        std::ranges::any_of(keys_, [](const FollowedKey& key) { return dnssec::is_trusted(key.state); });
    if (!any_trusted) return wrong("no key is trusted");
    return std::move(keys_);
  }

  [[nodiscard]] std::unexpected<std::string> wrong(std::string_view what) const {
    return std::unexpected(fmt::format("line {}: {}", line_, what));
  }

  std::string_view text_;
  std::size_t line_ = 0;
  std::vector<FollowedKey> keys_;
};

}  // namespace

std::string anchor_state_text(const std::vector<FollowedKey>& keys) {
  std::string text = fmt::format("{}\n{}", kVersion, kComment);
  for (const FollowedKey& key : keys) text += key_text(key);
  return text + fmt::format("end {}\n", keys.size());
}

std::expected<std::vector<FollowedKey>, std::string> parse_anchor_state(std::string_view text) {
  return StateReader(text).read();
}

}  // namespace shirube::server
