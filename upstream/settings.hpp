// What an administrator can say about getting answers.
// Threads:  values.
// Units:    microseconds for durations.
#pragma once

#include <vector>

#include "wire/endpoint.hpp"
#include "wire/name.hpp"
#include "wire/time.hpp"

namespace shirube::upstream {

struct ForwardZone {
  wire::Name zone;
  std::vector<wire::Endpoint> servers;
  friend bool operator==(const ForwardZone&, const ForwardZone&) = default;
};

enum class Ipv6Transport : std::uint8_t { Auto, Yes, No };

struct UpstreamSettings {
  std::vector<ForwardZone> forwards;  // the longest zone that holds the name wins
  bool ipv4 = true;                   // may packets go out over IPv4
  Ipv6Transport ipv6 = Ipv6Transport::Auto;
  std::vector<wire::Prefix>
      do_not_query;  // for addresses that come out of the DNS; servers named by hand are exempt
  wire::Duration deadline = std::chrono::milliseconds{4'500};  // a client has its answer by then
  friend bool operator==(const UpstreamSettings&, const UpstreamSettings&) = default;
};

}  // namespace shirube::upstream
