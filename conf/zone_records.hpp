// The records of a zone file that an administrator named: root hints, trust anchors.
// Threads:  pure.
// Errors:   FileProblem: the line at fault and what was expected there; the first one ends the reading.
// Rules:    names are absolute with or without their last dot; comments and empty lines are skipped; a line
//           that starts with a blank goes on with the owner of the one before; parentheses join lines (RFC
//           1035 §5.1). Directives are refused.
#pragma once

#include <cstddef>
#include <expected>
#include <functional>
#include <string>
#include <string_view>

#include "wire/rrset.hpp"

namespace shirube::conf {

struct FileProblem {
  std::size_t line = 0;  // from 1; 0: the text as a whole
  std::string reason;
};

// Takes one record of class IN and the line that it begins on; says what is wrong with it, or nothing.
using TakeRecord = std::function<std::string(const wire::RRset& record, std::size_t line)>;

// `example` is what a record should have looked like.
[[nodiscard]] std::expected<void, FileProblem> read_zone_records(std::string_view text,
                                                                 std::string_view example,
                                                                 const TakeRecord& take);

}  // namespace shirube::conf
