// Client queries as bytes, for tests of what answers them.
#pragma once

#include <string_view>

#include "tests/support/sim_client.hpp"
#include "wire/query.hpp"

namespace shirube::test {

// Reads `packet` as a listener's packet is read. The packet must outlive the view.
[[nodiscard]] wire::QueryView view_of(const wire::Bytes& packet);
[[nodiscard]] wire::RRset record(std::string_view line);

}  // namespace shirube::test
