// Source: who sent something, and whether signatures could come along.
// Threads:  values.
#pragma once

#include "wire/endpoint.hpp"

namespace shirube::upstream {

struct Source {
  wire::Endpoint server = {};  // port 0: nobody knows any more
  bool with_edns = true;       // false: the reply had no OPT, and so no signatures (RFC 3225)
  [[nodiscard]] bool is_known() const { return server.port != 0; }
};

}  // namespace shirube::upstream
