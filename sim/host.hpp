// Host: a machine of the simulated internet: what it serves, what is wrong with it, and the link that leads
// to it.
// Threads:  values.
// Owns:     nothing: zones by index into their World.
// Units:    microseconds; probabilities 0-1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "wire/answer.hpp"
#include "wire/endpoint.hpp"
#include "wire/message.hpp"
#include "wire/time.hpp"

namespace shirube::sim {

// How a host answers.
enum class Role : std::uint8_t {
  Authority,  // its zones only; REFUSED for others
  Recursor,   // all zones of the world: follows delegations and aliases by itself, RA=1, AA=0: an honest
              // forwarder's upstream
};

// The reply of a server that compares names with case to a name with capital letters.
enum class CaseSaid : std::uint8_t { Nothing, NxDomain, NoData, Refused, FormErr, ServFail, Silence };

// The reply of a resolver to a query with RD=0 about a name that is not in `Faults::cached`.
enum class WithoutRd : std::uint8_t { TheSame, Refused, Empty, Upward, ServFail, NotImp };

// The reply of a server to AAAA of a name that it serves itself, whatever the name has (RFC 4074 §4). Its
// referrals are not affected.
enum class AaaaSaid : std::uint8_t { TheSame, Silence, ServFail, Refused, NxDomain };

// What is wrong with a host. All off: an honest, immediate one.
struct Faults {
  bool silent = false;             // drops everything
  bool refuses = false;            // ICMP port unreachable / TCP reset
  bool unreachable = false;        // no route
  bool lame = false;               // answers REFUSED
  bool upward_referral = false;    // whatever it would refuse it refers to the root instead
  bool not_authoritative = false;  // answers without AA
  bool aa_on_nxdomain_only = false;
  bool no_aa_over_tcp = false;
  bool always_aa = false;  // also on referrals, and on answers from a recursor's cache
  bool servfail = false;
  bool notimp = false;
  bool no_soa = false;                          // denies without SOA
  bool nxdomain_on_empty_non_terminal = false;  // denies names that only have names below them; who signs a
                                                // zone has no such server: its proofs would say otherwise
  bool fails_no_data = false;                   // SERVFAIL where the name has no such type
  bool silent_on_no_data = false;               // drops them instead
  bool silent_on_ns = false;                    // drops questions for NS
  std::vector<wire::Type> silent_on = {};       // drops questions for these types
  bool no_edns = false;                         // FORMERR to any query with OPT
  bool drops_edns = false;                      // silent to any query with OPT
  bool truncates = false;                       // every UDP answer comes with TC=1 and empty
  bool no_tcp = false;                          // TCP refused
  bool ignores_case = false;                    // echoes the question in lower case (breaks 0x20)
  CaseSaid compares_case = CaseSaid::Nothing;   // its names are in lower case, and it echoes the question
  AaaaSaid to_aaaa = AaaaSaid::TheSame;
  wire::Duration answers_late{};  // how long it thinks about each answer; its handshakes are quick
  bool no_question = false;       // failure replies without the question
  bool garbage = false;           // replies random bytes (from the right address)
  bool wrong_id = false;          // replies with another ID first, then the right one
  bool forged_icmp = false;       // a forged "port unreachable" comes in before each UDP answer
  bool spoofed_formerr =
      false;  // one FORMERR without OPT comes in before the true answer of the first EDNS query
  WithoutRd without_rd = WithoutRd::TheSame;
  std::vector<wire::Name> cached = {};  // answered without RD, whatever `without_rd` says
  bool refuses_rd = false;              // REFUSED to any query with RD=1
};

// What an attacker's or a broken server says instead of its zones: the whole content of a reply, its rcode
// and AA
// (`authoritative`) included. nullopt: as the zones say.
using Script = std::function<std::optional<wire::Answer>(const wire::Question&)>;

// What an off-path attacker sends for each UDP query to a host, whatever becomes of that: it is there before
// an answer has left.
using Forger = std::function<std::vector<wire::Bytes>(wire::BytesView query)>;

struct Link {
  wire::Duration delay{std::chrono::milliseconds{5}};  // one way
  wire::Duration jitter{};                             // even over [0, jitter): reorders
  double loss = 0.0;                                   // of packets, each way, 0-1
  double duplication = 0.0;
};

struct Host {
  wire::Endpoint endpoint;
  Role role = Role::Authority;
  std::vector<std::size_t> zones;  // indexes into World::zones, for authorities
  Faults faults;
  Script script;
  Forger forger;
  Link link;
  std::uint64_t udp_queries = 0;  // counters for tests
  std::uint64_t tcp_queries = 0;
};

}  // namespace shirube::sim
