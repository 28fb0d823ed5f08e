// Does a server drop names in random case, or were the packets lost? Loss does not depend on case, so the
// same question is sent in both cases at the same instant.
// Threads:  the loop of the Network.
// Errors:   none: Compared::Unknown if nothing is proved.
// Rules:    packets in plain and in random case go out in random order, so that an attacker who can only drop
//           packets cannot choose among them. Their patience is the usual time of the server. A comparison
//           comes after kSilencesBeforeComparison silences without a reply to random case between them
//           (decision 016).
#pragma once

#include "upstream/ask_server.hpp"

namespace shirube::upstream {

enum class Compared : std::uint8_t {
  Answers,  // a name in random case was answered
  Drops,    // only the name in plain case was answered
  Unknown,  // nothing was answered, or the budget is too small
};

// All references must outlive the task.
[[nodiscard]] Task<Compared> compare_cases(AskContext context, const ServerQuery& asked, Budget& budget);

// `asked` was answered in plain case after silence in random case. Records this, and compares if it is due.
// All references must outlive the task.
[[nodiscard]] Task<void> note_silence(AskContext context, const ServerQuery& asked, Budget& budget);

}  // namespace shirube::upstream
