#include "conf/timestamp.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

namespace shirube::conf {
namespace {

// Takes text from its front, piece by piece; a piece that is not there spoils the rest.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  // Exactly so many digits.
  unsigned number(std::size_t digits, unsigned most) {
    unsigned value = 0;
    const std::string_view taken = rest_.substr(0, digits);
    is_good_ = is_good_ && taken.size() == digits && std::ranges::all_of(taken, is_digit);
    if (!is_good_) return 0;
    for (const char c : taken) value = value * 10 + static_cast<unsigned>(c - '0');
    rest_.remove_prefix(digits);
    is_good_ = value <= most;
    return value;
  }

  // One of these characters; which.
  char one_of(std::string_view characters) {
    is_good_ = is_good_ && !rest_.empty() && characters.find(rest_.front()) != std::string_view::npos;
    if (!is_good_) return '\0';
    const char taken = rest_.front();
    rest_.remove_prefix(1);
    return taken;
  }

  [[nodiscard]] bool is_done() const { return is_good_ && rest_.empty(); }

 private:
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }

  std::string_view rest_;
  bool is_good_ = true;
};

// East of Greenwich.
std::chrono::minutes take_offset(Scanner& scanner) {
  const char sign = scanner.one_of("Zz+-");
  if (sign != '+' && sign != '-') return {};
  const std::chrono::hours hours{scanner.number(2, 23)};
  static_cast<void>(scanner.one_of(":"));
  const std::chrono::minutes offset = hours + std::chrono::minutes{scanner.number(2, 59)};
  return sign == '+' ? offset : -offset;
}

}  // namespace

std::optional<std::int64_t> parse_timestamp(std::string_view text) {
  Scanner scanner{text};
  const std::chrono::year year{static_cast<int>(scanner.number(4, 9999))};
  static_cast<void>(scanner.one_of("-"));
  const std::chrono::month month{scanner.number(2, 12)};
  static_cast<void>(scanner.one_of("-"));
  const std::chrono::year_month_day date{year, month, std::chrono::day{scanner.number(2, 31)}};
  static_cast<void>(scanner.one_of("Tt "));
  std::chrono::seconds time = std::chrono::hours{scanner.number(2, 23)};
  static_cast<void>(scanner.one_of(":"));
  time += std::chrono::minutes{scanner.number(2, 59)};
  static_cast<void>(scanner.one_of(":"));
  time += std::chrono::seconds{scanner.number(2, 60)};  // a leap second
  const std::chrono::minutes offset = take_offset(scanner);
  if (!scanner.is_done() || !date.ok()) return std::nullopt;
  const auto moment = std::chrono::sys_days{date} + time - offset;
  const std::int64_t seconds = moment.time_since_epoch().count();
  return seconds < 0 ? std::nullopt : std::optional{seconds};
}

std::string timestamp_text(std::int64_t seconds) {
  const std::chrono::sys_seconds moment{std::chrono::seconds{seconds}};
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{moment - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

}  // namespace shirube::conf
