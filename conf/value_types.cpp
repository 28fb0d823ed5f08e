#include "conf/value_types.hpp"

#include <algorithm>
#include <chrono>

#include "conf/own_address.hpp"

namespace shirube::conf {
namespace {

constexpr std::string_view kUntil = " until ";  // between a negative trust anchor and its end

const std::string* as_text(const Value& value) { return std::get_if<std::string>(&value.data); }

std::string range(std::string_view what, const std::string& least, const std::string& most) {
  return fmt::format("{} from {} to {}", what, least, most);
}

// Any octet may stand in a label (RFC 2181 §11), yet in a file a blank or an umlaut is a slip; "\032" says it
// is meant.
bool is_plain(char c) { return c > ' ' && c < '\x7F'; }

bool is_absolute_path(std::string_view text, std::size_t most) {
  return text.starts_with('/') && text.size() <= most && text.find('\0') == std::string_view::npos;
}

bool is_identifier_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

}  // namespace

std::unexpected<Problem> mismatch(const Value& found, std::string_view expected, std::string_view because) {
  return std::unexpected(Problem{found.at, fmt::format("found {}, expected {}{}{}", describe(found), expected,
                                                       because.empty() ? "" : "; ", because)});
}

std::string alternatives(const std::vector<std::string_view>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool is_last = i + 1 == words.size();
    if (i > 0) text += is_last ? " or " : ", ";
    text += in_quotes(words[i]);
  }
  return text;
}

Read<bool> Flag::read(const Value& value) {
  const auto* flag = std::get_if<bool>(&value.data);
  if (flag == nullptr) return mismatch(value, expected());
  return *flag;
}

std::string WholeNumber::expected() const {
  return range("a whole number", fmt::format("{}", least), fmt::format("{}", most));
}

Read<std::uint16_t> WholeNumber::read(const Value& value) const {
  const auto* number = std::get_if<std::int64_t>(&value.data);
  if (number == nullptr || *number < least || *number > most) return mismatch(value, expected());
  return static_cast<std::uint16_t>(*number);
}

std::string Size::expected() const {
  return range("a size", in_quotes(size_text(least)), in_quotes(size_text(most)));
}

Read<std::size_t> Size::read(const Value& value) const {
  std::optional<std::uint64_t> bytes;
  if (const auto* text = as_text(value)) bytes = parse_size(*text);
  if (const auto* number = std::get_if<std::int64_t>(&value.data); number != nullptr && *number >= 0) {
    bytes = static_cast<std::uint64_t>(*number);
  }
  if (!bytes || *bytes < least || *bytes > most) return mismatch(value, expected());
  return *bytes;
}

std::string Span::expected() const {
  return range("a duration", in_quotes(duration_text(least)), in_quotes(duration_text(most)));
}

Read<wire::Duration> Span::read(const Value& value) const {
  const auto* text = as_text(value);
  const auto duration = text == nullptr ? std::nullopt : parse_duration(*text);
  if (!duration || *duration < least || *duration > most) return mismatch(value, expected());
  return *duration;
}

std::string Lifetime::expected() const { return Span{least, most}.expected() + " in whole seconds"; }

Read<wire::Seconds> Lifetime::read(const Value& value) const {
  const auto duration = Span{least, most}.read(value);
  if (!duration || *duration != wire::whole_seconds(*duration)) return mismatch(value, expected());
  return wire::whole_seconds(*duration);
}

std::string Text::expected() const { return fmt::format("a text of at most {} octets", most); }

Read<std::string> Text::read(const Value& value) const {
  const auto* text = as_text(value);
  if (text == nullptr || text->size() > most) return mismatch(value, expected());
  return *text;
}

Read<std::string> Path::read(const Value& value) const {
  const auto* text = as_text(value);
  if (text == nullptr || !(text->empty() || is_absolute_path(*text, most)))
    return mismatch(value, expected());
  return *text;
}

Read<std::string> FilePath::read(const Value& value) const {
  const auto* text = as_text(value);
  if (text == nullptr || !is_absolute_path(*text, most)) return mismatch(value, expected());
  return *text;
}

std::string Moment::expected() { return R"(a time such as "2026-12-24T00:00:00Z", or "")"; }

Read<Moment::Type> Moment::read(const Value& value) {
  const auto* text = as_text(value);
  if (text != nullptr && text->empty()) return Type{};
  const Type moment = text == nullptr ? std::nullopt : parse_timestamp(*text);
  if (!moment) return mismatch(value, expected());
  return moment;
}

std::string NegativeAnchorText::expected() {
  return R"(a domain name, or one with its end such as "example until 2026-12-24T00:00:00Z")";
}

Read<dnssec::NegativeTrustAnchor> NegativeAnchorText::read(const Value& value) {
  const auto* text = as_text(value);
  if (text == nullptr) return mismatch(value, expected());
  const std::size_t split = text->find(kUntil);
  const auto name = DomainName::read({text->substr(0, split), value.at});
  if (!name) return mismatch(value, expected());
  Type anchor{.zone = *name};
  if (split == std::string::npos) return anchor;
  anchor.expires = parse_timestamp(std::string_view{*text}.substr(split + kUntil.size()));
  if (!anchor.expires) return mismatch(value, expected());
  return anchor;
}

std::string NegativeAnchorText::show(const Type& value) {
  const std::string end = value.expires ? fmt::format("{}{}", kUntil, timestamp_text(*value.expires)) : "";
  return in_quotes(value.zone.text() + end);
}

std::string Identifier::expected() const {
  return fmt::format("a name of 1 to {} letters, digits, '-' and '_'", most);
}

Read<std::string> Identifier::read(const Value& value) const {
  const auto* text = as_text(value);
  const bool fits = text != nullptr && !text->empty() && text->size() <= most;
  if (!fits || !std::ranges::all_of(*text, is_identifier_character)) return mismatch(value, expected());
  return *text;
}

Read<wire::Name> DomainName::read(const Value& value) {
  const auto* text = as_text(value);
  if (text == nullptr) return mismatch(value, expected());
  if (!std::ranges::all_of(*text, is_plain)) {
    return mismatch(value, expected(), "write other characters in their xn-- form, or octets as \\DDD");
  }
  auto name = wire::Name::parse(*text);
  if (!name) return mismatch(value, expected(), wire::to_text(name.error()));
  return *std::move(name);
}

namespace {

// `expected`: the description of a valid value, for the error message.
[[nodiscard]] Read<wire::Endpoint> read_endpoint(const Value& value, std::string_view expected) {
  const auto* text = as_text(value);
  const auto endpoint = text == nullptr ? std::nullopt : wire::Endpoint::parse(*text, wire::kDnsPort);
  if (!endpoint) return mismatch(value, expected);
  if (wire::may_end_in_port(*text)) {
    const auto colon = text->rfind(':');
    return mismatch(value, expected,
                    fmt::format("write [{}]{} with a port, or [{}] without a port", text->substr(0, colon),
                                text->substr(colon), *text));
  }
  if (endpoint->port == 0) return mismatch(value, expected, "port 0 is not allowed");
  return *endpoint;
}

}  // namespace

std::string EndpointText::expected() const {
  return fmt::format(R"({} such as "127.0.0.1:53" or "[::1]:53")", role);
}

Read<wire::Endpoint> EndpointText::read(const Value& value) const { return read_endpoint(value, expected()); }

std::string ServerText::expected() {
  return R"(a name server such as "192.0.2.53", "192.0.2.53:5353" or "[2001:db8::53]:53")";
}

Read<wire::Endpoint> ServerText::read(const Value& value) {
  const auto* text = as_text(value);
  if (text != nullptr && text->find('#') != std::string::npos) {
    return mismatch(value, expected(), "DNS over TLS ('#name') is not available in this version");
  }
  auto endpoint = read_endpoint(value, expected());
  if (endpoint && is_unspecified(endpoint->address))
    return mismatch(value, expected(), "no server has this address");
  return endpoint;
}

std::string PrefixText::expected() {
  return R"(an address or prefix such as "192.0.2.1", "10.0.0.0/8" or "2001:db8::/32")";
}

Read<wire::Prefix> PrefixText::read(const Value& value) {
  const auto* text = as_text(value);
  const auto prefix = text == nullptr ? std::nullopt : wire::Prefix::parse(*text);
  if (!prefix) return mismatch(value, expected());
  return *prefix;
}

}  // namespace shirube::conf
