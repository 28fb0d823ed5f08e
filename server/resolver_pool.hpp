// ResolverPool: the resolvers of all workers as one: each question belongs to one of them, so that it is in
// flight once in the whole process, whichever worker its clients talk to.
// Threads:  members are registered before any loop runs; resolve() and prefetch() on the calling worker's
//           loop.
// Owns:     nothing; resolvers and mailboxes must live until all loops have stopped.
// Errors:   a full mailbox, either way, answers like an overloaded resolver: SERVFAIL, at the latest a little after the deadline.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "cache/keyed_hash.hpp"
#include "upstream/resolver.hpp"

namespace shirube::server {

class ResolverPool {
 public:
  using Job = std::move_only_function<void()>;
  using Post = std::function<bool(Job)>;  // to the member's loop, from any thread

  struct Member {
    upstream::Network* network = nullptr;
    upstream::Resolver* resolver = nullptr;
    upstream::TaskSet* tasks = nullptr;  // of the member's loop, for what is resolved on behalf of others
    Post post;
  };

  // `hash_seed` decides which member owns a question: without it, an attacker could give one member all work.
  ResolverPool(std::size_t members, std::uint64_t hash_seed)
      : members_(members), hash_key_(cache::HashKey::from_seed(hash_seed)) {}
  void set_member(std::size_t index, Member member) { members_[index] = std::move(member); }

  // The member that a question belongs to. Depends on the seed.
  [[nodiscard]] std::size_t owner_of(const wire::Question& question) const;
  // To be awaited on the loop of member `self`.
  [[nodiscard]] upstream::Task<cache::CachedAnswer> resolve(std::size_t self, wire::Question question,
                                                            cache::View view, wire::Instant deadline,
                                                            upstream::Share share);
  // Known flaws are in the cache, which all members share.
  [[nodiscard]] std::vector<wire::ExtendedError> known_flaws(std::size_t self, const wire::Question& question,
                                                             const wire::Answer& answer) const {
    return members_[self].resolver->known_flaws(question, answer);
  }
  void prefetch(std::size_t self, const wire::Question& question, const upstream::Share& share);

 private:
  std::vector<Member> members_;
  cache::HashKey hash_key_;
};

}  // namespace shirube::server
