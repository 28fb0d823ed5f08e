// What an administrator can say about getting answers.
// Threads:  values.
// Units:    microseconds for durations.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "dnssec/settings.hpp"
#include "wire/endpoint.hpp"
#include "wire/name.hpp"
#include "wire/time.hpp"

namespace shirube::upstream {

// What answers a name that no forward and no stub holds.
enum class Mode : std::uint8_t {
  Iterate,  // the walk from the root
  Forward,  // a [[forward]] for ".", which the host then has to have
};

// A zone and whom to ask for the names in it, as an administrator wrote it.
struct ZoneServers {
  wire::Name zone;
  std::vector<wire::Endpoint> servers;
  friend bool operator==(const ZoneServers&, const ZoneServers&) = default;
};

struct RootServer {
  wire::Name name;
  std::vector<wire::Address> addresses;
  friend bool operator==(const RootServer&, const RootServer&) = default;
};

enum class Ipv6Transport : std::uint8_t { Auto, Yes, No };

struct UpstreamSettings {
  Mode mode = Mode::Iterate;
  std::vector<ZoneServers> forwards =
      {};                               // recursors; of forwards, stubs and `iterated` the longest zone wins
  std::vector<ZoneServers> stubs = {};  // authorities: the walk begins at them
  std::vector<wire::Name> iterated = {};    // zones that are iterated though a forward holds them: DNSBLs
  std::vector<RootServer> root_hints = {};  // where the walk begins; empty: nothing can be iterated but stubs
  bool qname_minimisation = true;           // RFC 9156
  bool case_randomisation = true;           // 0x20: names are sent in random case
  std::vector<wire::Prefix> case_exempt = {};  // servers that always get names in plain case
  bool ipv4 = true;                            // may packets go out over IPv4
  Ipv6Transport ipv6 = Ipv6Transport::Auto;
  // For addresses learnt from the DNS; root hints and the servers of forwards and stubs are exempt.
  std::vector<wire::Prefix> do_not_query = {};
  std::vector<wire::Endpoint> own = {};  // where we listen: never asked, whoever names it
  wire::Duration deadline = std::chrono::milliseconds{4'500};  // a client has its answer by then
  dnssec::TrustSettings trust = {};
  friend bool operator==(const UpstreamSettings&, const UpstreamSettings&) = default;
};

}  // namespace shirube::upstream
