// Lookup: one question being answered, for all who wait for it: clients, and other lookups that need a name
// server's address.
// Threads:  one loop.
// Owns:     its result. Shared between the table of lookups, its own coroutine and whoever waits.
#pragma once

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <unordered_set>
#include <vector>

#include "cache/cached_answer.hpp"
#include "upstream/awaiting.hpp"
#include "upstream/budget.hpp"
#include "upstream/failure.hpp"
#include "upstream/keyed_hashes.hpp"
#include "upstream/means.hpp"
#include "upstream/source.hpp"

namespace shirube::upstream {

// What the answer is for. A server may be asked at the address that its parent's referral has as glue; a
// client is never told glue. What validation needs (DS, DNSKEY) is taken as it comes; aliases are not
// followed.
enum class Purpose : std::uint8_t {
  Answer,
  ServerAddress,
  Proof,
  OwnAddress,  // as ServerAddress, in place of glue that has failed
};

struct LookupKey {
  wire::Question question;
  cache::View view = cache::View::Checked;
  Purpose purpose = Purpose::Answer;
  friend bool operator==(const LookupKey&, const LookupKey&) = default;
};
struct LookupKeyHash {
  KeyedHash hash;
  [[nodiscard]] std::size_t operator()(const LookupKey& key) const {
    const auto kind = 4 * static_cast<std::uint64_t>(key.view) + static_cast<std::uint64_t>(key.purpose);
    return hash(key.question.name, 8 * static_cast<std::uint64_t>(key.question.type) + kind);
  }
};

struct Lookup {
  Lookup(Network& network, LookupKey asked, BudgetPtr its_budget, unsigned its_depth)
      : key(std::move(asked)), budget(std::move(its_budget)), depth(its_depth), done(network) {}

  LookupKey key;
  BudgetPtr budget;  // of the client's question that began it
  unsigned depth;    // lookups above it that it was begun for
  Part part = Part::Main;
  Means means = Means::Scarce;  // when it began
  bool lacked_means = false;    // its failure may come from small means: another lookup may succeed
  wire::Instant began{};
  wire::Instant joined = wire::Instant::min();  // when the last client joined it
  bool begins_again = false;  // it failed, and goes on once more: see Lookups::may_begin_again
  std::size_t task = std::numeric_limits<std::size_t>::max();  // of its coroutine, once that waits
  bool renews = false;  // begun ahead of an expiry: also what stands behind aliases is asked for again
  // An edge of the graph in which cycles are sought: it is void once the pulse has fired, though whoever
  // waited runs a moment later.
  struct Edge {
    const Lookup* whom;
    const Pulse* until;
  };
  std::vector<Edge> waits_for;
  Pulse done;
  std::optional<cache::CachedAnswer> result;
  std::optional<Failure> failure;  // why `result` is one
  Source source;                   // who sent what `result` ends with
};
using LookupPtr = std::shared_ptr<Lookup>;

// Does `lookup` wait for `other`, directly or through other lookups? All run on one loop, so lookups that
// wait in a circle would never end (TsuNAME). Each lookup is visited once, because an attacker can make the
// number of paths double with each zone.
[[nodiscard]] inline bool depends_on(const Lookup& lookup, const Lookup& other) {
  std::vector<const Lookup*> ahead{&lookup};
  std::unordered_set<const Lookup*> seen{&lookup};
  while (!ahead.empty()) {
    const auto* next = ahead.back();
    if (next == &other) return true;
    ahead.pop_back();
    for (const auto& edge : next->waits_for) {
      if (!edge.until->fired() && seen.insert(edge.whom).second) ahead.push_back(edge.whom);
    }
  }
  return false;
}

// The edge of one wait, for as long as it lasts.
class Waiting {
 public:
  // `until` must outlive the edge.
  Waiting(Lookup& who, const Lookup& whom, const Pulse& until) : who_(who), until_(&until) {
    who.waits_for.push_back({&whom, until_});
  }
  ~Waiting() {
    const auto mine = std::ranges::find(who_.waits_for, until_, &Lookup::Edge::until);
    if (mine != who_.waits_for.end()) who_.waits_for.erase(mine);
  }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

 private:
  Lookup& who_;
  const Pulse* until_;
};

}  // namespace shirube::upstream
