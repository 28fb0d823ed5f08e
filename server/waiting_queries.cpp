#include "server/waiting_queries.hpp"

#include <algorithm>
#include <array>

namespace shirube::server {
namespace {

using Counts = std::unordered_map<std::uint64_t, std::size_t>;

[[nodiscard]] std::size_t count_of(const Counts& counts, std::uint64_t key) {
  const auto found = counts.find(key);
  return found == counts.end() ? 0 : found->second;
}

void give_back(Counts& counts, std::uint64_t key) {
  const auto found = counts.find(key);
  if (found != counts.end() && --found->second == 0) counts.erase(found);
}

}  // namespace

std::uint64_t WaitingQueries::question_key(const PendingQuery& pending) const {
  const auto name = pending.question.name.lowered();
  const auto of_name = cache::keyed_hash(key_, pending.client().value, name.wire());
  return cache::keyed_hash(key_, of_name + static_cast<std::uint64_t>(pending.question.type), {});
}

std::uint64_t WaitingQueries::query_key(std::uint64_t question, const PendingQuery& pending) const {
  const auto& peer = pending.path.peer;
  const auto id = pending.form.header.id;
  constexpr std::size_t kAddressOctets = 16;
  std::array<std::uint8_t, kAddressOctets + 5> bytes{};
  auto at = std::ranges::copy(peer.address.bytes, bytes.begin()).out;
  *at++ = static_cast<std::uint8_t>(peer.port >> 8);
  *at++ = static_cast<std::uint8_t>(peer.port);
  *at++ = static_cast<std::uint8_t>(id >> 8);
  *at++ = static_cast<std::uint8_t>(id);
  // A client that falls back to plain DNS waits for another reply.
  *at = pending.form.edns ? 1 : 0;
  return cache::keyed_hash(key_, question, bytes);
}

WaitingQueries::Room WaitingQueries::room_for(const PendingQuery& pending) const {
  const auto client = pending.client();
  if (is_forgeable(pending.path)) {
    const auto question = question_key(pending);
    if (count_of(queries_, query_key(question, pending)) > 0) return Room::Repeated;
    if (count_of(questions_, question) >= kMaxPendingOfQuestion) return Room::Repeated;
    if (forgeable_.of(client) >= kMaxPendingOfNetwork) return Room::None;
  }
  return count_ + holders_.of(client) < kMaxPendingQueries ? Room::Free : Room::None;
}

WaitingQueries::Place::Place(WaitingQueries& queries, const PendingQuery& pending)
    : queries_(queries),
      client_(pending.client()),
      is_forgeable_(is_forgeable(pending.path)),
      question_(is_forgeable_ ? queries.question_key(pending) : 0),
      query_(is_forgeable_ ? queries.query_key(question_, pending) : 0) {
  ++queries_.count_;
  queries_.holders_.take(client_);
  if (!is_forgeable_) return;
  queries_.forgeable_.take(client_);
  ++queries_.questions_[question_];
  ++queries_.queries_[query_];
}

WaitingQueries::Place::~Place() {
  --queries_.count_;
  queries_.holders_.give_back(client_);
  if (!is_forgeable_) return;
  queries_.forgeable_.give_back(client_);
  give_back(queries_.questions_, question_);
  give_back(queries_.queries_, query_);
}

}  // namespace shirube::server
