// What the rewriters share: the work at hand, and what a step did to it. Internal to policy/.
// Threads:  pure functions over the caller's answer.
// Owns:     nothing.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "policy/rewriter.hpp"

namespace shirube::policy {

struct Job {
  const wire::Question& question;
  wire::Answer& answer;
  std::span<const Fact> facts;
  const ClientView& client;
};

// AD speaks of the answer and authority sections only (RFC 4035 §3.2.3): so a change of the additional
// section leaves AD as it is, and is no reason for an extended error.
enum class Change : std::uint8_t { None, Additional, Content };

[[nodiscard]] Change withhold_aaaa(const Job& job);           // ipv4_only.cpp
[[nodiscard]] Change strip_ipv6_hints(const Job& job);        // ipv6_hint.cpp
[[nodiscard]] Change drop_ipv6_only_targets(const Job& job);  // ipv4_only_target.cpp
[[nodiscard]] Change fit_512(const Job& job);                 // fit_512.cpp
[[nodiscard]] Change add_target_addresses(const Job& job);    // mx_additional.cpp

// An answer that says something else than the truth: counted, without AD, with an EDE to a client that can
// read it.
void mark_rewritten(Rewriter rewriter, wire::Ede code, const ClientView& client, wire::Answer& answer,
                    Applied& applied);

// A failure is passed on as it is: what we do not know we do not rewrite.
[[nodiscard]] bool is_failure(const wire::Answer& answer);

// The SOA that goes with "there is no AAAA": the one that is there, else a synthetic one at `owner`, the name
// that is denied, so that it says nothing about any other name. The rest of the authority section spoke of
// the data that is gone: with it and without an SOA, the reply would read as a referral (RFC 2308 §2.1).
void set_denial(wire::Answer& answer, const wire::Name& owner, std::uint32_t ttl);

// The longest TTL of a denial that is made here. Short, so that a host that gets IPv6 soon sees its AAAA (RFC
// 2308 §5 allows lower TTLs).
inline constexpr std::uint32_t kMaxOwnTtl = 300;

// Is AAAA left out for this client? A client with DO gets the unmodified data.
[[nodiscard]] inline bool withholds_aaaa(const ClientView& client) {
  return client.rewrites.ipv4_only && !client.dnssec_ok;
}

}  // namespace shirube::policy
