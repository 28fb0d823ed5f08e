#include "tests/support/query_maker.hpp"

#include "wire/presentation.hpp"

namespace shirube::test {

wire::QueryView view_of(const wire::Bytes& packet) {
  wire::QueryView view;
  wire::read_query(packet, view);
  return view;
}

wire::RRset record(std::string_view line) { return *wire::parse_record(line); }

}  // namespace shirube::test
