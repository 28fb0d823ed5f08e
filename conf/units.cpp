#include "conf/units.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <span>

#include <fmt/format.h>

namespace shirube::conf {
namespace {

struct Unit {
  std::string_view name;
  std::uint64_t factor;
};

constexpr std::uint64_t kSecond = 1'000'000;
constexpr std::array kTimeUnits{Unit{"ms", 1'000}, Unit{"s", kSecond}, Unit{"m", 60 * kSecond},
                                Unit{"h", 3'600 * kSecond}, Unit{"d", 86'400 * kSecond}};
constexpr std::array kSizeUnits{Unit{"B", 1}, Unit{"KiB", 1ULL << 10}, Unit{"MiB", 1ULL << 20},
                                Unit{"GiB", 1ULL << 30}, Unit{"TiB", 1ULL << 40}};

// Together they fit std::uint64_t.
constexpr std::size_t kMaxWholeDigits = 12;
constexpr std::size_t kMaxDecimals = 6;
constexpr std::uint64_t kMostAmount = 1ULL << 62;  // fits the signed microseconds

struct Decimal {
  std::uint64_t digits = 0;  // the number with its point left out
  std::uint64_t scale = 1;   // what to divide by to put it back
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view take_digits(std::string_view& text) {
  const auto end = std::ranges::find_if_not(text, is_digit);
  const auto count = static_cast<std::size_t>(end - text.begin());
  const std::string_view digits = text.substr(0, count);
  text.remove_prefix(count);
  return digits;
}

void append(Decimal& number, std::string_view digits) {
  for (const char c : digits) number.digits = number.digits * 10 + static_cast<std::uint64_t>(c - '0');
}

// Takes the number off the front of `text`.
std::optional<Decimal> take_number(std::string_view& text) {
  Decimal number;
  const std::string_view whole = take_digits(text);
  if (whole.empty() || whole.size() > kMaxWholeDigits) return std::nullopt;
  append(number, whole);
  if (!text.starts_with('.')) return number;
  text.remove_prefix(1);
  const std::string_view decimals = take_digits(text);
  if (decimals.empty() || decimals.size() > kMaxDecimals) return std::nullopt;
  append(number, decimals);
  for (std::size_t i = 0; i < decimals.size(); ++i) number.scale *= 10;
  return number;
}

std::optional<std::uint64_t> parse_quantity(std::string_view text, std::span<const Unit> units) {
  const auto number = take_number(text);
  const auto unit = std::ranges::find(units, text, &Unit::name);
  if (!number || unit == units.end()) return std::nullopt;
  const std::uint64_t whole = number->digits / number->scale;
  if (whole >= kMostAmount / unit->factor) return std::nullopt;
  const std::uint64_t rest = number->digits % number->scale * unit->factor;
  if (rest % number->scale != 0) return std::nullopt;
  return whole * unit->factor + rest / number->scale;
}

std::string quantity_text(std::uint64_t amount, std::span<const Unit> units) {
  const Unit* best = &units.front();
  for (const Unit& unit : units) {
    if (amount >= unit.factor && amount % unit.factor == 0) best = &unit;
  }
  return fmt::format("{}{}", amount / best->factor, best->name);
}

}  // namespace

std::optional<wire::Duration> parse_duration(std::string_view text) {
  const auto micros = parse_quantity(text, kTimeUnits);
  if (!micros) return std::nullopt;
  return wire::Duration{static_cast<wire::Duration::rep>(*micros)};
}

std::string duration_text(wire::Duration duration) {
  using std::chrono::minutes;
  using std::chrono::seconds;
  if (duration == wire::Duration::zero()) return "0s";
  if (duration > seconds{1} && duration < minutes{1}) {
    return fmt::format("{}s", std::chrono::duration<double>(duration).count());
  }
  return quantity_text(static_cast<std::uint64_t>(duration.count()), kTimeUnits);
}

std::optional<std::uint64_t> parse_size(std::string_view text) { return parse_quantity(text, kSizeUnits); }

std::string size_text(std::uint64_t bytes) { return quantity_text(bytes, kSizeUnits); }

}  // namespace shirube::conf
