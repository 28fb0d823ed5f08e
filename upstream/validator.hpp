// Validator: is what a reply says about a question true? Judges each part of an answer chain by the chain of
// trust: aliases, the data at their end, or the proof that there is none.
// Threads:  one loop.
// Source:   RFC 4035 §5.3 and §5.4, RFC 5155 §8, RFC 6672 §5.3.1 (a CNAME is as true as the DNAME that makes
//           it), RFC 6840 §4 and §5.
#pragma once

#include "upstream/answer_chain.hpp"
#include "upstream/chain_of_trust.hpp"

namespace shirube::upstream {

// Judges the chain and marks its parts: secure ones get `secure`, TTLs within their signatures' and the proof
// that belongs to them; what a secure denial does not need is dropped. The verdict is that of the whole:
// Secure when all parts are, Insecure when some are not and may be so, else what is wrong with the first that
// is flawed. A NODATA with NXNAME becomes NXDOMAIN. All references must outlive the task.
[[nodiscard]] Task<dnssec::Verdict> validate(ChainOfTrust& trust, AnswerChain& chain,
                                             wire::Question question);

// RFC 9824: a NODATA with NXNAME in the NSEC or NSEC3 of the very name becomes ChainEnd::NxDomain. It does
// not deny names below it. REQUIRES: the chain was validated, or nothing is to be validated.
void restore_missing_name(AnswerChain& chain, dnssec::Effort& effort);

}  // namespace shirube::upstream
