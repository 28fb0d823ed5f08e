// `shirube serve`: from a command to a running server, and in order to its end.
// Threads:  the calling thread becomes the main one: signals, routes, log ticks; workers have their own.
// Errors:   one line on stderr and an exit code; nothing half-started stays behind.
#pragma once

#include "server/cli.hpp"

namespace shirube::server {

// Returns when SIGTERM or SIGINT came: kExitFine.
[[nodiscard]] int serve(const ServeCommand& command);

}  // namespace shirube::server
