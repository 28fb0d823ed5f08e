#include "server/resolver_pool.hpp"

#include <coroutine>
#include <memory>
#include <optional>
#include <utility>

namespace shirube::server {
namespace {

using cache::CachedAnswer;
using upstream::Task;

// A question that another member answers. Shared by both loops; `caller` is touched on the caller's loop
// only, and is null once the caller has gone.
struct RemoteCall {
  std::optional<CachedAnswer> result;
  std::coroutine_handle<> caller;
};
using RemoteCallPtr = std::shared_ptr<RemoteCall>;

struct RemoteQuestion {
  wire::Question question;
  cache::View view;
  wire::Instant deadline;
  upstream::Share share;
};

// What a member needs of another one to answer for it.
struct Bridge {
  ResolverPool::Member owner;
  ResolverPool::Post back;
};

[[nodiscard]] CachedAnswer overloaded() {
  CachedAnswer answer;
  answer.answer.rcode = wire::Rcode::ServFail;
  answer.answer.errors.push_back({wire::Ede::NotReady, "too many questions waiting"});
  answer.expires = wire::Instant::min();  // for this client only
  return answer;
}

void resume_caller(const RemoteCallPtr& call) {
  if (call->caller) std::exchange(call->caller, {}).resume();
}

// Runs on the owner's loop.
Task<void> answer_remotely(Bridge bridge, RemoteCallPtr call, RemoteQuestion asked) {
  auto result = co_await bridge.owner.resolver->resolve(std::move(asked.question), asked.view, asked.deadline,
                                                        std::move(asked.share));
  // The caller's loop may be stopping; then nobody waits any more.
  static_cast<void>(bridge.back([call = std::move(call), result = std::move(result)]() mutable {
    call->result.emplace(std::move(result));
    resume_caller(call);
  }));
}

// The reply may find our mailbox full and be lost: so long after the deadline nobody waits for it any more.
constexpr wire::Duration kReplyGrace = std::chrono::milliseconds{200};

class RemoteAnswer final : upstream::Alarm {
 public:
  RemoteAnswer(upstream::Network& network, Bridge bridge, RemoteQuestion asked)
      : network_(network), bridge_(std::move(bridge)), deadline_(asked.deadline), asked_(std::move(asked)) {}
  ~RemoteAnswer() override { call_->caller = {}; }

  [[nodiscard]] bool await_ready() const noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> caller) {
    call_->caller = caller;
    const auto post = bridge_.owner.post;
    const bool posted =
        post([bridge = std::move(bridge_), call = call_, asked = std::move(asked_)]() mutable {
          auto* tasks = bridge.owner.tasks;
          tasks->spawn(answer_remotely(std::move(bridge), std::move(call), std::move(asked)));
        });
    if (!posted) call_->result.emplace(overloaded());
    if (posted) network_.set_alarm(*this, deadline_ + kReplyGrace);
    return posted;
  }
  // Resumed by whoever set it. NOLINTNEXTLINE(bugprone-unchecked-optional-access)
  [[nodiscard]] CachedAnswer await_resume() { return std::move(*call_->result); }

 private:
  void ring() override {
    call_->result.emplace(overloaded());
    resume_caller(call_);
  }

  upstream::Network& network_;
  Bridge bridge_;
  wire::Instant deadline_;
  RemoteQuestion asked_;
  RemoteCallPtr call_ = std::make_shared<RemoteCall>();
};

// The cache is shared: only a miss goes to the owner. The references stay valid, because the members of the
// pool do not change while a loop runs.
Task<CachedAnswer> ask_owner(const ResolverPool::Member& self, const ResolverPool::Member& owner,
                             RemoteQuestion asked) {
  if (auto known = self.resolver->find_fresh(asked.question, asked.view)) co_return std::move(*known);
  Bridge bridge{owner, self.post};
  RemoteAnswer remote(*self.network, std::move(bridge), std::move(asked));
  auto answer = co_await remote;
  co_return answer;
}

}  // namespace

std::size_t ResolverPool::owner_of(const wire::Question& question) const {
  if (members_.size() == 1) return 0;
  const auto name = question.name.lowered();
  return cache::keyed_hash(hash_key_, static_cast<std::uint64_t>(question.type), name.wire()) %
         members_.size();
}

Task<CachedAnswer> ResolverPool::resolve(std::size_t self, wire::Question question, cache::View view,
                                         wire::Instant deadline, upstream::Share share) {
  const auto owner = owner_of(question);
  if (owner == self)
    return members_[self].resolver->resolve(std::move(question), view, deadline, std::move(share));
  RemoteQuestion asked{std::move(question), view, deadline, std::move(share)};
  return ask_owner(members_[self], members_[owner], std::move(asked));
}

void ResolverPool::prefetch(std::size_t self, const wire::Question& question, const upstream::Share& share) {
  const auto owner = owner_of(question);
  auto* resolver = members_[owner].resolver;
  if (owner == self) {
    resolver->prefetch(question, share);
  } else {
    // A prefetch that finds no room is not worth an error: the answer is still fresh.
    static_cast<void>(
        members_[owner].post([resolver, question, share] { resolver->prefetch(question, share); }));
  }
}

}  // namespace shirube::server
