// Rebinding protection: private addresses are no answer to a public name. With one a web page that a user
// opens makes the browser talk to the printer, the router or a service of the user's own host (DNS
// rebinding).
// Threads:  pure.
// Rules:    decided by the owner of each record, so that an alias out of the public DNS may lead into a zone
//           of one's own; in all sections; for clients with DO or CD too. AD is cleared and the extended
//           error 15 (Blocked) says so. A set keeps its public addresses. When none is left the answer is "no
//           such record", which no client answers by asking another server.
// Cost:     none on the hit path: decided where the answer is made.
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
  std::vector<wire::Name> exempt;  // zones with private addresses: those here, and block lists
};

[[nodiscard]] bool is_private(const wire::Address& address);

void withhold_private(const RebindingRule& rule, const wire::Question& question, wire::Answer& answer,
                      const ClientView& client, Applied& applied);

}  // namespace shirube::policy
