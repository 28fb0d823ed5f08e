#include "conf/zone_records.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "conf/text_lines.hpp"
#include "wire/presentation.hpp"

namespace shirube::conf {
namespace {

// Neither a comment nor the end of a DOS line; what is left may be nothing.
std::string_view without_comment(std::string_view line) {
  line = line.substr(0, line.find(';'));
  const std::size_t last = line.find_last_not_of(" \t\r");
  return line.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

class ZoneReader {
 public:
  ZoneReader(std::string_view text, std::string_view example, const TakeRecord& take)
      : text_(text), example_(example), take_(take) {}

  std::expected<void, FileProblem> read() {
    while (!text_.empty()) {
      const auto record = take_record();
      if (!record) return std::unexpected(FileProblem{begin_, "unbalanced parenthesis"});
      std::string wrong = record->empty() ? std::string() : read_record(*record);
      if (!wrong.empty()) return std::unexpected(FileProblem{begin_, std::move(wrong)});
    }
    return {};
  }

 private:
  // One line, or all that parentheses join, which become blanks.
  std::optional<std::string> take_record() {
    std::string record;
    int open = 0;
    begin_ = line_ + 1;
    do {
      ++line_;
      if (!record.empty()) record += ' ';
      for (const char c : without_comment(take_line(text_))) {
        if (c == '(') ++open;
        if (c == ')') --open;
        if (open < 0) return std::nullopt;
        record += c == '(' || c == ')' ? ' ' : c;
      }
    } while (open > 0 && !text_.empty());
    if (open != 0) return std::nullopt;
    return record;
  }

  std::string read_record(const std::string& line) {
    if (line.front() == '$') return "directives are not read here; write names and TTLs out";
    const bool repeats_owner = kBlanks.find(line.front()) != std::string_view::npos;
    if (repeats_owner && owner_.empty())
      return "expected the name of a record's owner at the start of the line";
    const auto record = wire::parse_record(repeats_owner ? owner_ + line : line);
    if (!record) return fmt::format("expected a record such as \"{}\"", example_);
    owner_ = record->owner.text();
    if (record->klass != wire::Class::IN) return "expected a record of class IN";
    return take_(*record, begin_);
  }

  std::string_view text_;
  std::string_view example_;
  const TakeRecord& take_;
  std::size_t line_ = 0;
  std::size_t begin_ = 1;  // of the record in hand
  std::string owner_;      // of the record before
};

}  // namespace

std::expected<void, FileProblem> read_zone_records(std::string_view text, std::string_view example,
                                                   const TakeRecord& take) {
  return ZoneReader(text, example, take).read();
}

}  // namespace shirube::conf
