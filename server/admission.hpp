// What to do with a query before anybody looks for its answer: protocol manners.
// Threads:  pure.
// Source:   RFC 8906 (answer what is unknown, do not drop it), 9619 (one question), 6891 §6.1.3 (BADVERS),
//           9824 §3.5 (NXNAME), 8482; silence only where an answer could be abused: no header, or QR=1 (two
//           servers answering each other).
#pragma once

#include <optional>

#include "wire/answer.hpp"
#include "wire/query.hpp"

namespace shirube::server {

enum class Admission : std::uint8_t {
  Resolve,  // an ordinary question
  Chaos,    // class CH: version.bind and its like
  Reply,    // `rcode`, and `error` for clients with EDNS
  Silent,
};

struct Admitted {
  Admission action = Admission::Silent;
  wire::Rcode rcode = wire::Rcode::NoError;
  std::optional<wire::ExtendedError> error = {};
};

[[nodiscard]] Admitted admit(const wire::QueryView& query, bool client_allowed);

// The answer to a CH question; texts may be empty, then it is REFUSED.
struct Identity {
  const std::string& server;
  const std::string& version;
};
[[nodiscard]] wire::Answer answer_chaos(const wire::Question& question, const Identity& identity);

}  // namespace shirube::server
