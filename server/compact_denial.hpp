// The response code of a compact denial, as each client understands it.
// Threads:  pure.
// Source:   RFC 9824 §2 and §5.1. A signed zone can deny a name with one NSEC or NSEC3 of that very name, with
//           NXNAME among its types and NOERROR. The cache keeps that as NXDOMAIN with its proof.
// Rules:    clients without DO get NXDOMAIN. Clients with DO get NOERROR, because a validator needs another
//           proof for NXDOMAIN. Clients with DO and CO get NXDOMAIN.
#pragma once

#include "server/reply.hpp"

namespace shirube::server {

// `question`: as asked, with type and class; empty if it could not be read.
[[nodiscard]] wire::Rcode rcode_for(const wire::Answer& answer, wire::BytesView question,
                                    const ReplyForm& form);

}  // namespace shirube::server
