// `shirube demo`: the whole story offline: a simulated internet, each kind of client before and after, and a
// real listener on loopback to point dig at. Needs no privileges and sends no packet anywhere.
// Threads:  one.
// Errors:   one line on stderr and an exit code.
#pragma once

#include "server/cli.hpp"

namespace shirube::server {

// kExitBroken when a client fails with Shirube, too, or when the listener cannot be opened.
[[nodiscard]] int demo(const DemoCommand& command);

}  // namespace shirube::server
