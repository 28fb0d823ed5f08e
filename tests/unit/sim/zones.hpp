// What the tests of answers share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/zone.hpp"
#include "tests/support/sim_client.hpp"
#include "wire/presentation.hpp"

namespace shirube::test {

[[nodiscard]] inline sim::Zone zone(std::string_view apex, std::string_view text) {
  return {wire::Name::literal(apex), text};
}

// "owner type rdata", one a record.
[[nodiscard]] inline std::vector<std::string> lines(const std::vector<wire::RRset>& rrsets) {
  std::vector<std::string> texts;
  for (const auto& rrset : rrsets) {
    for (const auto rdata : rrset.rdatas) {
      texts.push_back(rrset.owner.text() + " " + wire::to_text(rrset.type) + " " +
                      wire::rdata_text(rrset.type, rdata));
    }
  }
  return texts;
}

using Lines = std::vector<std::string>;

}  // namespace shirube::test
