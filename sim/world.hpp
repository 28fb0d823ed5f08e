// World: the content of a simulated internet: zones, and the hosts that serve them.
// Threads:  one owner.
// Owns:     the zones; hosts borrow them by index.
// Errors:   exceptions (std::runtime_error with zone, line and reason) when a zone text does not parse: worlds are made by tests and
//           demo, not by peers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "wire/answer.hpp"
#include "wire/endpoint.hpp"
#include "wire/name.hpp"

namespace shirube::sim {

// A zone as its file has it. Lookups answer as an authoritative server does: answers, aliases (CNAME, DNAME), wildcards
// (RFC 4592), empty non-terminals, referrals with glue, negative answers with SOA.
class Zone {
 public:
  // Presentation format (RFC 1035 §5), parsed by ldns; names may be relative to `apex`.
  Zone(wire::Name apex, std::string_view text);

  [[nodiscard]] const wire::Name& apex() const { return apex_; }
  [[nodiscard]] const wire::RRset* find(const wire::Name& name, wire::Type type) const;
  // As RFC 1034 §4.3.2 step 3 answers, within this zone. AA set unless it is a referral.
  [[nodiscard]] wire::Answer lookup(const wire::Question& question) const;
  // For tests whose zones change over time.
  void replace(std::string_view text);

 private:
  wire::Name apex_;
  std::map<std::string, std::vector<wire::RRset>> nodes_;  // key: canonical order of names; finish as you see fit
};

// How a host answers.
enum class Role : std::uint8_t {
  Authority,  // its zones only; REFUSED for others
  Recursor,   // all zones of the world: follows delegations and aliases by itself, RA=1, AA=0: an honest forwarder's upstream
};

// What is wrong with a host. All off: an honest, immediate one.
struct Faults {
  bool silent = false;          // drops everything
  bool refuses = false;         // ICMP port unreachable / TCP reset
  bool unreachable = false;     // no route
  bool lame = false;            // answers REFUSED
  bool servfail = false;
  bool no_edns = false;         // FORMERR to any query with OPT
  bool drops_edns = false;      // silent to any query with OPT
  bool truncates = false;       // every UDP answer comes with TC=1 and empty
  bool no_tcp = false;          // TCP refused
  bool ignores_case = false;    // echoes the question in lower case (breaks 0x20)
  bool no_question = false;     // failure replies without the question
  bool garbage = false;         // replies random bytes (from the right address)
  bool wrong_id = false;        // replies with another ID first, then the right one
  bool spoofed_formerr = false; // one FORMERR without OPT comes in before the true answer of the first EDNS query
};

struct Link {
  wire::Duration delay{std::chrono::milliseconds{5}};   // one way
  wire::Duration jitter{};                              // even over [0, jitter): reorders
  double loss = 0.0;                                    // of packets, each way, 0-1
  double duplication = 0.0;
};

struct Host {
  wire::Endpoint endpoint;
  Role role = Role::Authority;
  std::vector<std::size_t> zones;  // indexes into World::zones, for authorities
  Faults faults;
  Link link;
  std::uint64_t udp_queries = 0;  // counters for tests
  std::uint64_t tcp_queries = 0;
};

class World {
 public:
  std::size_t add_zone(std::string_view apex, std::string_view text);
  Host& add_host(std::string_view endpoint, Role role, std::vector<std::size_t> zones = {});
  [[nodiscard]] Host* host(const wire::Endpoint& endpoint);
  [[nodiscard]] Zone& zone(std::size_t index) { return zones_[index]; }
  // The truth: what an ideal recursor answers; the oracle of tests.
  [[nodiscard]] wire::Answer truth(const wire::Question& question) const;
  // All queries that reached any host, UDP and TCP.
  [[nodiscard]] std::uint64_t queries() const;
  // The bytes that `host` sends back for a query, before the link's faults; empty: silence.
  [[nodiscard]] wire::Bytes respond(const Host& host, wire::BytesView query, bool over_tcp, std::uint64_t random) const;

 private:
  std::vector<Zone> zones_;
  std::map<wire::Endpoint, Host> hosts_;
};

}  // namespace shirube::sim
