// A whole query service that walks a simulated internet with a signed root, and validates.
#pragma once

#include <string_view>

#include "sim/defects.hpp"
#include "tests/support/serving_host.hpp"

namespace shirube::test {

class SignedService : public ServingHost {
 public:
  explicit SignedService(conf::Settings settings = {});
  ~SignedService() override;

  // A signed zone at the authority `server`, delegated from the root. The text needs no SOA and no NS.
  std::size_t serve_signed(std::string_view apex, std::string_view text, std::string_view server);
  void spoil(std::size_t zone, std::string_view name, wire::Type type, sim::Defect defect);
};

}  // namespace shirube::test
