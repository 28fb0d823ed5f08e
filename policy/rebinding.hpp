// Rebinding protection: removes private addresses from answers to public names. By such an answer a web page
// makes its user's browser talk to a printer, a router or a service of the user's host (DNS rebinding).
// Threads:  pure.
// Rules:    the owner of each record decides, so that a public alias may lead into an exempt zone. The rule
//           applies to all sections, and to clients with DO or CD too. AD is cleared, and the extended error
//           is 15 (Blocked). An RRset keeps its public addresses. If none is left, the answer is "no such
//           record": after this no client asks another resolver. An HTTPS or SVCB record that cannot be
//           read is withheld, because it may hide a hint.
// Cost:     none on the hit path: the rule is applied when the answer is made.
// Source:   RFC 1918, 3927, 4193, 4291 §2.5, 6598, 6890; addresses that carry one of those: RFC 4291 §2.5.5,
//           6052, 3056.
#pragma once

#include <span>
#include <vector>

#include "policy/rewriter.hpp"
#include "wire/endpoint.hpp"

namespace shirube::policy {

struct RebindingRule {
  bool is_on = false;
  std::vector<wire::Name> exempt;  // zones that may have private addresses: local zones and block lists
};

[[nodiscard]] bool is_private(const wire::Address& address);

void withhold_private(const RebindingRule& rule, const wire::Question& question, wire::Answer& answer,
                      const ClientView& client, Applied& applied);

}  // namespace shirube::policy
