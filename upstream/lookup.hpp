// Lookup: one question being answered, for all who wait for it: clients, and other lookups that need a name
// server's address.
// Threads:  one loop.
// Owns:     its result. Shared between the table of lookups, its own coroutine and whoever waits.
#pragma once

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "cache/cached_answer.hpp"
#include "upstream/awaiting.hpp"
#include "upstream/budget.hpp"
#include "upstream/failure.hpp"

namespace shirube::upstream {

struct LookupKey {
  wire::Question question;
  cache::View view = cache::View::Checked;
  friend bool operator==(const LookupKey&, const LookupKey&) = default;
};
struct LookupKeyHash {
  [[nodiscard]] std::size_t operator()(const LookupKey& key) const {
    const auto type = static_cast<std::size_t>(key.question.type);
    return key.question.name.hash() ^ (type * 0x9E3779B97F4A7C15U) ^ static_cast<std::size_t>(key.view);
  }
};

struct Lookup {
  Lookup(Network& network, LookupKey asked, std::shared_ptr<Budget> its_budget, unsigned its_depth)
      : key(std::move(asked)), budget(std::move(its_budget)), depth(its_depth), done(network) {}

  LookupKey key;
  std::shared_ptr<Budget> budget;  // of the client's question that began it
  unsigned depth;                  // lookups above it that it was begun for
  wire::Instant began{};
  std::size_t task = std::numeric_limits<std::size_t>::max();  // of its coroutine, once that waits
  std::vector<const Lookup*> waits_for;  // edges of the graph in which cycles are sought
  Pulse done;
  std::optional<cache::CachedAnswer> result;
  std::optional<Failure> failure;  // why `result` is one
};
using LookupPtr = std::shared_ptr<Lookup>;

// Would `lookup` have to wait for `other`, by whatever way? They all run on one loop, so what waits in a
// circle waits for ever (TsuNAME).
[[nodiscard]] inline bool depends_on(const Lookup& lookup, const Lookup& other) {
  if (&lookup == &other) return true;
  return std::ranges::any_of(lookup.waits_for,
                             [&other](const Lookup* next) { return depends_on(*next, other); });
}

// The edge of one wait, for as long as it lasts.
class Waiting {
 public:
  Waiting(Lookup& who, const Lookup& whom) : who_(who), whom_(&whom) { who.waits_for.push_back(whom_); }
  ~Waiting() {
    const auto mine = std::ranges::find(who_.waits_for, whom_);
    if (mine != who_.waits_for.end()) who_.waits_for.erase(mine);
  }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

 private:
  Lookup& who_;
  const Lookup* whom_;
};

}  // namespace shirube::upstream
