#include "conf/document.hpp"

#include <fmt/format.h>

namespace shirube::conf {
namespace {

// What is printed of a text from the file; enough to find it again.
constexpr std::size_t kMaxShownLength = 200;

bool continues_utf8(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::string_view cut(std::string_view text) {
  std::size_t end = kMaxShownLength;
  while (end > 0 && continues_utf8(text[end])) --end;
  return text.substr(0, end);
}

struct Describe {
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return fmt::format("{}", value); }
  std::string operator()(double value) const { return fmt::format("the fraction {}", value); }
  std::string operator()(const std::string& value) const { return in_quotes(value); }
  std::string operator()(DateOrTime /*value*/) const { return "a date or time"; }
  std::string operator()(const List& value) const { return value.empty() ? "an empty list" : "a list"; }
  std::string operator()(const Table& /*value*/) const { return "a table"; }
};

}  // namespace

std::string on_one_line(std::string_view text) {
  const bool too_long = text.size() > kMaxShownLength;
  std::string line;
  for (const char c : too_long ? cut(text) : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet < 0x20 || octet == 0x7F) {
      line += fmt::format("\\x{:02X}", octet);
    } else {
      line += c;
    }
  }
  if (too_long) line += "...";
  return line;
}

std::string in_quotes(std::string_view text) { return '"' + on_one_line(text) + '"'; }

std::string describe(const Value& value) { return std::visit(Describe{}, value.data); }

}  // namespace shirube::conf
