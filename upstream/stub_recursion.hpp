// Asking a server that a [[stub]] names. It should be an authority, but it may be a resolver, and many
// resolvers refuse queries without RD, or answer them only from their cache.
// Threads:  the loop of the Network.
// Errors:   as ask_server().
// Rules:    a server is asked without RD first. If it declines, it is asked once more at once with RD=1. If
//           that brings a usable answer, a denial without SOA among them, it is asked with RD=1 first for
//           kRecursionMemory. A question costs at most two conversations with the server (decision 014).
#pragma once

#include <span>

#include "upstream/ask_server.hpp"

namespace shirube::upstream {

// `query.zone` is the zone of the stub. `budget`, and all that `context` refers to, must outlive the task.
[[nodiscard]] Task<AskOutcome> ask_stub_server(AskContext context, ServerQuery query, Budget& budget);

// One of the servers of the stub `zone` is known to need RD=1. Its replies take the time of a resolver.
[[nodiscard]] bool any_wants_recursion(const AskContext& context, const wire::Name& zone,
                                       std::span<const wire::Endpoint> servers);

}  // namespace shirube::upstream
