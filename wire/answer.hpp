// Answer: the content of a reply, owned: response code and RRsets by section, with the reasons that go along.
// It is what travels from the resolver and the cache through the rewriters to the renderer.
// Threads:  a value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wire/message.hpp"
#include "wire/rrset.hpp"
#include "wire/types.hpp"

namespace shirube::wire {

struct ExtendedError {
  Ede code = Ede::Other;
  std::string text;  // at most kMaxEdeText octets are sent
  friend bool operator==(const ExtendedError&, const ExtendedError&) = default;
};
// Bounds EXTRA-TEXT so that it can never push data out of a reply (CVE-2024-1931, CVE-2026-55973).
inline constexpr std::size_t kMaxEdeText = 120;
// No more than this are read from a reply or written into one.
inline constexpr std::size_t kMaxExtendedErrors = 4;

struct Answer {
  Rcode rcode = Rcode::NoError;
  bool authentic = false;      // all of it validated as secure and nothing rewritten: AD may be set
  bool authoritative = false;  // AA: only local names and CH answers
  std::vector<RRset> answer;
  std::vector<RRset> authority;
  std::vector<RRset> additional;  // without OPT
  std::vector<ExtendedError> errors;
};

// Octets of one RRset, written without compression and without its signatures. Bounds the cost of an RRset
// for each step that stores, sorts, digests or renders it (CVE-2024-1737): 8,000 addresses of a short name,
// 4,000 host names. The largest message holds less of most types.
inline constexpr std::size_t kMaxRRsetBytes = std::size_t{256} << 10;
// Records of the types that a validator compares with each other (DNSKEY with DS and RRSIG), and signatures
// of one RRset (CVE-2023-50387).
inline constexpr std::size_t kMaxSecurityRecords = 100;

// Takes over all records of a checked message, grouped into RRsets in order of first appearance. An RRSIG
// joins the RRset that it covers, in its section; one that covers nothing there becomes part of an RRset of
// type RRSIG behind the others. Records whose class is not IN and meta types (OPT, TSIG) are dropped. EDEs
// are not copied, and the AD and AA bits are hearsay: `authentic` and `authoritative` stay false. nullopt: an
// RRset exceeds kMaxRRsetBytes or kMaxSecurityRecords; an incomplete RRset would be wrong.
[[nodiscard]] std::optional<Answer> read_answer(const MessageView& message);

// Lowest TTL of all RRsets in `answer` and `authority`; nullopt when there are none.
[[nodiscard]] std::optional<std::uint32_t> lowest_ttl(const Answer& answer);

}  // namespace shirube::wire
