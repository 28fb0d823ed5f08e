// Judge: is an answer what the zones say?
// Threads:  pure.
// Rules:    compared are rcode, owners, types and RDATA, without case, order and TTL. A DNAME beside the CNAME
//           that it makes may be told or not.
#pragma once

#include <string>
#include <vector>

#include "sim/zone.hpp"
#include "wire/answer.hpp"

namespace shirube::simulation {

enum class Verdict : std::uint8_t {
  Right,
  Failed,  // SERVFAIL: allowed while something is wrong
  Wrong,
};

[[nodiscard]] bool is_same(const wire::Answer& one, const wire::Answer& other);
// By the truth of `zones`.
[[nodiscard]] Verdict judge(const wire::Answer& got, const std::vector<sim::Zone>& zones,
                            const wire::Question& question);
// "NOERROR www.t1. A 192.0.2.1; ...", for reports.
[[nodiscard]] std::string to_text(const wire::Answer& answer);
[[nodiscard]] std::string to_text(const wire::Question& question);

}  // namespace shirube::simulation
