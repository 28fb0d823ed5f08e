// Servers that do not serve a zone which they should serve.
#pragma once

#include "tests/support/iterating_host.hpp"

namespace shirube::test {

// All ways of that.
inline constexpr bool sim::Faults::* kLame[] = {&sim::Faults::lame, &sim::Faults::upward_referral,
                                                &sim::Faults::notimp};

// The first server is lame in one of these ways; upward referrals come from servers without the zone.
void make_lame(IteratingHost& home, bool sim::Faults::* how);

}  // namespace shirube::test
