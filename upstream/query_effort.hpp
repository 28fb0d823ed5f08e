// QueryEffort: the budget of one client's query for cryptography, packets, bytes and lookups. All lookups for
// its answer share it (ANY by types, the addresses beside an MX).
// Threads:  any, as dnssec::Effort; the questions of one query may be asked on several loops.
// Rules:    each part of an answer has a small reserved share of packets and lookups, so that a slow or
//           costly part cannot use up the budget of the others. All parts share the rest.
#pragma once

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "dnssec/effort.hpp"
#include "upstream/client_id.hpp"

namespace shirube::upstream {

// Of a query's NSEC3 hashes, those for looks at what has been proven already: they may find nothing, and
// leave enough to judge what is fetched then.
inline constexpr unsigned kMaxHashesForLooks = 32;

// Bounds amplification through us: CAMP, NXNS, chains of aliases, answers of many parts.
inline constexpr unsigned kMaxUpstreamPackets = 100;
// Lookups of server addresses in all. If each zone has many servers that are all named in the next zone, the
// paths multiply, and a failing path costs work without a packet.
inline constexpr unsigned kMaxAddressLookupsInAll = 64;
// Replies that are received and read for one client's query: bounds traffic by large replies over TCP.
inline constexpr unsigned kMaxUpstreamBytes = 1U << 20;
// The share reserved for each part of an answer, if so much is left: enough for a walk to one more zone.
inline constexpr unsigned kPacketsOfPart = 8;
inline constexpr unsigned kAddressLookupsOfPart = 4;
// For all lookups that one client's query starts ahead of need (prefetch, the SOA that a range of denials
// needs): bounds questions that no client has asked.
inline constexpr unsigned kPacketsAhead = 30;
inline constexpr unsigned kAddressLookupsAhead = 8;
inline constexpr unsigned kBytesAhead = 1U << 17;
inline constexpr unsigned kChecksAhead = 32;
inline constexpr unsigned kFailedChecksAhead = 4;
inline constexpr unsigned kHashesAhead = 32;

// Packets, lookups of addresses and bytes that are left.
struct Supplies {
  using Count = dnssec::Effort::Count;
  Count packets_left = kMaxUpstreamPackets;
  Count address_lookups_left = kMaxAddressLookupsInAll;
  Count bytes_left = kMaxUpstreamBytes;
  // Reserved for parts, and not used yet.
  Count packets_apart = 0U;
  Count address_lookups_apart = 0U;

  // Takes and returns the part that is left, at most `wanted`.
  [[nodiscard]] static unsigned take(Count& left, unsigned wanted) {
    unsigned seen = left;
    unsigned taken = 0;
    do {
      taken = std::min(seen, wanted);
    } while (!left.compare_exchange_weak(seen, seen - taken));
    return taken;
  }
};

struct QueryEffort;
using EffortPtr = std::shared_ptr<QueryEffort>;

// The budget at the beginning.
struct Grant {
  unsigned packets = kMaxUpstreamPackets;
  unsigned address_lookups = kMaxAddressLookupsInAll;
  unsigned bytes = kMaxUpstreamBytes;
  unsigned checks = dnssec::kMaxSignatureChecks;
  unsigned failed_checks = dnssec::kMaxFailedChecks;
  unsigned hashes = dnssec::kMaxNsec3Hashes - kMaxHashesForLooks;
  [[nodiscard]] Grant half() const {
    return {packets / 2, address_lookups / 2, bytes / 2, checks / 2, failed_checks / 2, hashes / 2};
  }
};

struct QueryEffort {
  Grant granted = {};
  Supplies supplies;
  dnssec::Effort judging{.hashes_left = dnssec::kMaxNsec3Hashes - kMaxHashesForLooks};
  dnssec::Effort looks{.hashes_left = kMaxHashesForLooks};
  // What of it statistics know already.
  dnssec::Effort::Count counted_checks = 0U;
  dnssec::Effort::Count counted_failures = 0U;
  dnssec::Effort::Count counted_hashes = 0U;
  // For lookups ahead of need; nullptr: this effort itself is for such a lookup.
  EffortPtr ahead = nullptr;
};

// The budget of a client's query.
[[nodiscard]] inline EffortPtr full_effort() {
  auto effort = std::make_shared<QueryEffort>();
  auto ahead = std::make_shared<QueryEffort>();
  ahead->granted = {.packets = kPacketsAhead,
                    .address_lookups = kAddressLookupsAhead,
                    .bytes = kBytesAhead,
                    .checks = kChecksAhead,
                    .failed_checks = kFailedChecksAhead,
                    .hashes = kHashesAhead};
  const auto& granted = ahead->granted;
  const Grant whole;
  ahead->supplies.packets_left = granted.packets;
  ahead->supplies.address_lookups_left = granted.address_lookups;
  ahead->supplies.bytes_left = granted.bytes;
  ahead->judging.checks_left = granted.checks;
  ahead->judging.failures_left = granted.failed_checks;
  ahead->judging.hashes_left = granted.hashes;
  ahead->counted_checks = whole.checks - granted.checks;
  ahead->counted_failures = whole.failed_checks - granted.failed_checks;
  ahead->counted_hashes = whole.hashes - granted.hashes;
  effort->ahead = std::move(ahead);
  return effort;
}

// The share reserved for one part of an answer. The unused rest goes back when the part ends.
class SetApart {
 public:
  SetApart(EffortPtr effort, unsigned packets, unsigned lookups)
      : effort_(std::move(effort)),
        packets_(Supplies::take(effort_->supplies.packets_left, packets)),
        lookups_(Supplies::take(effort_->supplies.address_lookups_left, lookups)) {
    effort_->supplies.packets_apart += packets_;
    effort_->supplies.address_lookups_apart += lookups_;
  }
  ~SetApart() {
    auto& supplies = effort_->supplies;
    supplies.packets_left += packets_;
    supplies.packets_apart -= packets_;
    supplies.address_lookups_left += lookups_;
    supplies.address_lookups_apart -= lookups_;
  }
  SetApart(const SetApart&) = delete;
  SetApart& operator=(const SetApart&) = delete;
  [[nodiscard]] unsigned packets() const { return packets_; }
  [[nodiscard]] unsigned address_lookups() const { return lookups_; }
  [[nodiscard]] bool take_packet() { return take(packets_, effort_->supplies.packets_apart); }
  [[nodiscard]] bool take_address_lookup() { return take(lookups_, effort_->supplies.address_lookups_apart); }

 private:
  [[nodiscard]] static bool take(Supplies::Count& mine, Supplies::Count& of_all) {
    if (Supplies::take(mine, 1) == 0) return false;
    --of_all;
    return true;
  }
  EffortPtr effort_;
  Supplies::Count packets_;
  Supplies::Count lookups_;
};
using SetApartPtr = std::shared_ptr<SetApart>;

// What a question is to the client's query.
enum class Part : std::uint8_t {
  Main,    // what it asks
  Beside,  // one of several lookups for one answer: others spend the same budget at the same time
};
// No effort: the question is all there is, and has one of its own.
struct Share {
  EffortPtr effort = nullptr;
  Part part = Part::Main;
  SetApartPtr apart = nullptr;  // nullptr: none is reserved
  ClientId client = {};         // the client whose share of the lookups it takes
};
// For a lookup ahead of need that a query with this effort starts; nullptr: no query starts it.
[[nodiscard]] inline Share ahead_of_need(const EffortPtr& effort, ClientId client) {
  if (effort != nullptr && effort->ahead == nullptr) return {effort, Part::Beside, nullptr, client};
  return {effort == nullptr ? full_effort()->ahead : effort->ahead, Part::Beside, nullptr, client};
}
// One share for each of the `parts` of an answer. Only the lookup of a part keeps its share, which ends with
// it.
[[nodiscard]] inline std::vector<Share> share_out(const EffortPtr& effort, std::size_t parts) {
  const auto number = static_cast<unsigned>(std::max<std::size_t>(parts, 1));
  const auto packets = std::min(kPacketsOfPart, effort->supplies.packets_left / number);
  const auto lookups = std::min(kAddressLookupsOfPart, effort->supplies.address_lookups_left / number);
  std::vector<Share> shares;
  shares.reserve(parts);
  for (std::size_t i = 0; i < parts; ++i)
    shares.push_back({effort, Part::Beside, std::make_shared<SetApart>(effort, packets, lookups)});
  return shares;
}

}  // namespace shirube::upstream
