// Expectation: what a resolver that validates must make of a question, by what is known of the zones that the
// answer comes from.
// Threads:  pure.
// Source:   RFC 4035 §4.3, RFC 5155 §9.2 (opt-out), RFC 9276 §3.2 (iterations).
#pragma once

#include <vector>

#include "tests/simulation/liars.hpp"

namespace shirube::simulation {

struct Expectation {
  bool bogus = false;     // SERVFAIL, and nothing else
  bool doubtful = false;  // that, or as if nobody had signed it
  bool may_be_authentic = true;
  bool must_be_authentic = true;
  bool forged = false;    // somebody lies, or may, about a part of it that nothing protects
  bool hampered = false;  // servers are named in zones that are bogus: it may not be found at all
  bool compact = false;   // a name that does not exist may be said to have no data
};

[[nodiscard]] Expectation expect(const DrawnWorld& drawn, const Liars& liars,
                                 const std::vector<sim::Zone>& zones, const wire::Question& question);

}  // namespace shirube::simulation
