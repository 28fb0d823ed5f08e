#include "server/log_event.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace shirube::server {
namespace {

constexpr bool is_printable(char c) { return c >= ' ' && c <= '~'; }
constexpr bool is_bare(char c) { return is_printable(c) && c != ' ' && c != '"' && c != '=' && c != '\\'; }

void append_escaped(std::string& out, std::string_view text, std::string_view with_backslash) {
  for (const char c : text) {
    if (!is_printable(c)) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(c));
      continue;
    }
    if (with_backslash.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
}

void append_value(std::string& out, std::string_view value) {
  if (!value.empty() && std::ranges::all_of(value, is_bare)) {
    out += value;
    return;
  }
  out += '"';
  append_escaped(out, value, "\"\\");
  out += '"';
}

}  // namespace

std::string event_text(const LogEvent& event) {
  std::string out(event.name);
  out += ": ";
  append_escaped(out, event.message, "");
  for (const auto& field : event.fields) {
    out += ' ';
    out += field.key;
    out += '=';
    append_value(out, field.value);
  }
  return out;
}

std::string event_json_members(const LogEvent& event) {
  nlohmann::ordered_json object;
  object["event"] = event.name;
  object["message"] = event.message;
  for (const auto& field : event.fields) object[std::string(field.key)] = field.value;
  constexpr bool kAsciiOnly = true;
  auto text = object.dump(-1, ' ', kAsciiOnly, nlohmann::ordered_json::error_handler_t::replace);
  return text.substr(1, text.size() - 2);
}

}  // namespace shirube::server
