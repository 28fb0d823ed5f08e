// Client queries as bytes, for tests of what answers them.
#pragma once

#include <optional>

#include "tests/support/sim_client.hpp"
#include "wire/presentation.hpp"
#include "wire/query.hpp"

namespace shirube::test {

// Reads `packet` as a listener's packet is read. The packet must outlive the view.
[[nodiscard]] inline wire::QueryView view_of(const wire::Bytes& packet) {
  wire::QueryView view;
  wire::read_query(packet, view);
  return view;
}

[[nodiscard]] inline wire::RRset record(std::string_view line) { return *wire::parse_record(line); }

}  // namespace shirube::test
