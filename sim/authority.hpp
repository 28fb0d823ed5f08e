// Authority: the bytes that a simulated server sends back for a query: protocol manners, its faults,
// truncation.
// Threads:  pure.
// Units:    bytes.
// Errors:   none: what cannot be answered gets silence (empty), as RFC 1035 servers do.
// Source:   RFC 6891 (an OPT only to who sent one), RFC 9619 (one question, else FORMERR), RFC 4035 §3.1
//           (signatures only with DO or for ANY), RFC 2181 §9 (TC), RFC 9471 (glue that does not fit
//           sets TC; what is only kind to have does not).
#pragma once

#include <cstdint>
#include <functional>

#include "sim/host.hpp"
#include "sim/zone.hpp"
#include "wire/answer.hpp"
#include "wire/bytes.hpp"

namespace shirube::sim {

struct Manner {
  Role role = Role::Authority;
  Faults faults;
  bool over_tcp = false;
  std::uint64_t random = 0;  // what garbage is made of
};
using LookUp = std::function<wire::Answer(const wire::Question&, Proofs)>;

[[nodiscard]] wire::Bytes reply_to(wire::BytesView query, const Manner& manner, const LookUp& look_up);

// What an off-path attacker sends to make a resolver give up EDNS: the question, FORMERR and no OPT. Empty
// when `query` has none itself.
[[nodiscard]] wire::Bytes formerr_without_opt(wire::BytesView query);

}  // namespace shirube::sim
