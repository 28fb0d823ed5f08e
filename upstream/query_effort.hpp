// QueryEffort: what one client's query may cost in cryptography, however many questions its answer is put
// together from (ANY by types, the addresses beside an MX): they share it.
// Threads:  any, as dnssec::Effort; the questions of one query may be asked on several loops.
#pragma once

#include <memory>

#include "dnssec/effort.hpp"

namespace shirube::upstream {

// Of a query's NSEC3 hashes, those for looks at what has been proven already: they may find nothing, and
// leave enough to judge what is fetched then.
inline constexpr unsigned kMaxHashesForLooks = 32;

struct QueryEffort {
  dnssec::Effort judging{.hashes_left = dnssec::kMaxNsec3Hashes - kMaxHashesForLooks};
  dnssec::Effort looks{.hashes_left = kMaxHashesForLooks};
  // What of it statistics know already.
  dnssec::Effort::Count counted_checks = 0U;
  dnssec::Effort::Count counted_failures = 0U;
  dnssec::Effort::Count counted_hashes = 0U;
};
using EffortPtr = std::shared_ptr<QueryEffort>;

// What a question is to the client's query.
enum class Part : std::uint8_t {
  Main,    // what it asks
  Beside,  // one of several that the answer is put together from: others spend the same at the same time
};
// No effort: the question is all there is, and has one of its own.
struct Share {
  EffortPtr effort = nullptr;
  Part part = Part::Main;
};

}  // namespace shirube::upstream
