// SharedAsks<Reply>: the questions that are in flight. One question goes to one set of servers once at a
// time, even if several lookups with different steps, views or purposes need it.
// Threads:  one loop: two workers may ask the same once each.
// Owns:     the asks under way. A caller that runs one owns its frame. If that frame is destroyed, the ask
//           ends without a reply, and a waiting caller runs the next.
// Errors:   Failure of the run that was joined. A run that ended because its own lookup's budget ran out is
//           no answer for the others: the first waiting caller takes over, and the rest wait for it.
// Rules:    birthday attacks (RFC 5452 §5, RebirthDay CVE-2025-5994): the same question in flight many times
//           gives a forger as many chances.
#pragma once

#include <algorithm>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "upstream/delegation.hpp"
#include "upstream/keyed_hashes.hpp"
#include "upstream/lookup.hpp"
#include "upstream/statistics.hpp"
#include "upstream/task.hpp"

namespace shirube::upstream {

enum class Persistence : std::uint8_t {
  AllServers,  // until one answers
  FirstWord,   // a shortened question: a server that fails on it may answer the whole name
};

// A caller with less time left than this does not take over: it would send a question and not wait for the
// reply.
inline constexpr wire::Duration kLeastToTakeOver = std::chrono::milliseconds{1'500};

// All that determines the packet and its receivers. It refers to its parts and compares them by value, so
// that no step of a walk copies a list of servers.
struct AskKey {
  const wire::Name& zone;
  const wire::Question& question;
  std::span<const NameServer> servers = {};
  std::span<const wire::Endpoint> by_hand = {};
  std::span<const wire::Endpoint> avoided = {};
  bool checking_disabled = false;
  friend bool operator==(const AskKey& a, const AskKey& b) {
    return a.question == b.question && a.zone == b.zone && a.checking_disabled == b.checking_disabled &&
           std::ranges::equal(a.servers, b.servers) && std::ranges::equal(a.by_hand, b.by_hand) &&
           std::ranges::equal(a.avoided, b.avoided);
  }
};

template <class Reply>
class SharedAsks {
 public:
  using Result = std::expected<Reply, Failure>;
  SharedAsks(Network& network, Statistics& statistics, const KeyedHash& hash)
      : network_(network), statistics_(statistics), hash_(hash) {}

  [[nodiscard]] bool is_under_way(const AskKey& key) const { return find(hash_of(key), key) != nullptr; }

  // The reply of the ask under way, or of `run`, which begins one. If the ask under way waits for this
  // caller, the caller asks alone. All that `key` and `run` refer to must outlive the task.
  template <class Run>
  [[nodiscard]] Task<Result> ask(AskKey key, LookupPtr asker, Persistence persistence, Run run) {
    const auto hash = hash_of(key);
    for (;;) {
      const AskPtr other = find(hash, key);
      if (other == nullptr) break;
      if (depends_on(*other->owner, *asker)) {
        auto alone = run();
        co_return co_await alone;
      }
      const Waiting edge(*asker, *other->owner, other->done);
      ++statistics_.coalesced;
      const bool ended = co_await other->done.wait_until(asker->budget->ends);
      if (!ended) co_return out_of_time();
      const Result* const result = other->outcome();
      if (result == nullptr) continue;
      if (serves(*result, *other, persistence)) co_return *result;
      const bool had_time = network_.now() - other->began >= kLeastToTakeOver;
      const bool has_time = asker->budget->left(network_.now()) >= kLeastToTakeOver;
      if (other->lacked_means && !has_time) co_return had_time ? *result : out_of_time();
    }
    const Token mine(*this, hash, std::make_shared<Ask>(network_, key, asker, persistence));
    auto task = run();
    auto result = co_await task;
    mine.end(result);
    co_return result;
  }

 private:
  struct Ask {
    Ask(Network& network, const AskKey& its_key, LookupPtr its_owner, Persistence its_persistence)
        : key(its_key),
          done(network),
          owner(std::move(its_owner)),
          persistence(its_persistence),
          began(network.now()) {}
    AskKey key;  // borrows from the owner's frame: read only while the ask is in the table
    Pulse done;
    LookupPtr owner;
    Persistence persistence;
    wire::Instant began;
    bool lacked_means = false;  // the budget or the time of its owner ended it
    std::optional<Result> result = {};
    // nullptr after `done`: its frame was destroyed.
    [[nodiscard]] const Result* outcome() const { return result ? &*result : nullptr; }
  };
  using AskPtr = std::shared_ptr<Ask>;
  // The key of the table is the hash, which ask() computes once.
  struct IsHash {
    [[nodiscard]] std::size_t operator()(std::size_t hash) const { return hash; }
  };
  using Table = std::unordered_multimap<std::size_t, AskPtr, IsHash>;

  [[nodiscard]] std::size_t hash_of(const AskKey& key) const {
    return hash_(key.question.name,
                 256 * static_cast<std::uint64_t>(key.question.type) + key.zone.label_count());
  }
  [[nodiscard]] AskPtr find(std::size_t hash, const AskKey& key) const {
    const auto [first, last] = under_way_.equal_range(hash);
    const auto found = std::find_if(first, last, [&](const auto& one) { return one.second->key == key; });
    return found == last ? nullptr : found->second;
  }

  // The table entry of a running ask, for the life of its frame.
  class Token {
   public:
    Token(SharedAsks& asks, std::size_t hash, AskPtr ask) : asks_(asks), hash_(hash), mine_(std::move(ask)) {
      asks_.under_way_.emplace(hash, mine_);
    }
    ~Token() {
      const auto [first, last] = asks_.under_way_.equal_range(hash_);
      asks_.under_way_.erase(
          std::find_if(first, last, [this](const auto& one) { return one.second == mine_; }));
      mine_->done.fire();
    }
    Token(const Token&) = delete;
    Token& operator=(const Token&) = delete;
    void end(const Result& result) const {
      const bool in_time = asks_.network_.now() < mine_->owner->budget->ends;
      mine_->lacked_means = !result && (result.error().out_of_budget || !in_time);
      if (mine_->done.is_awaited()) mine_->result = result;
    }

   private:
    SharedAsks& asks_;
    std::size_t hash_;
    AskPtr mine_;
  };

  // A shortened question ends at the first refusal, and its denials are not checked (CaseDoubt). Both say
  // little about the same name as a whole question.
  [[nodiscard]] static bool serves(const Result& result, const Ask& ask, Persistence persistence) {
    const bool asks_alike =
        ask.persistence == Persistence::AllServers || persistence == Persistence::FirstWord;
    if (result) return asks_alike || result->case_doubt == CaseDoubt::None;
    return !ask.lacked_means && asks_alike;
  }
  [[nodiscard]] static Result out_of_time() {
    Failure failure;
    failure.out_of_budget = true;
    return Result(std::unexpect, std::move(failure));
  }

  Network& network_;
  Statistics& statistics_;
  KeyedHash hash_;
  Table under_way_;
};

}  // namespace shirube::upstream
