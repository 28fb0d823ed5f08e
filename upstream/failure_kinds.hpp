// One row for each kind of complaint: its words, its EDE and its advice.
// Threads:  pure.
// Source:   RFC 8914 §4; docs/decisions/027-codes-and-advice.md says why each code was chosen.
// Rules:    static assertions check that each kind has a row, and failure_kinds_test.cpp that each kind of a
//           failure has words, a code and advice. Flaws of insecure zones are no failures and have no advice.
#pragma once

#include <string>
#include <string_view>

#include "upstream/failure.hpp"

namespace shirube::upstream {

// The advice may contain {zone}, the zone that the server was asked for, or {owner}, the owner of a flawed
// RRset.
struct CodeAndAdvice {
  wire::Ede code = wire::Ede::Other;
  std::string_view advice = {};
};
// A forwarder may be replaced by another one; the server of a zone may not.
[[nodiscard]] CodeAndAdvice code_and_advice(const Complaint& complaint, AskedAs asked_as);
// The advice with its names filled in.
[[nodiscard]] std::string advice_on(const Cause& cause);
// The keys or the DS of a zone were not received: another cause of the same failure is the reason.
[[nodiscard]] bool is_for_want_of_keys(const Complaint& complaint);

}  // namespace shirube::upstream
