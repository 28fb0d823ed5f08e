// Task<T>: a lazy coroutine with one awaiter. Whatever waits in a lookup is a Task; what decides is a plain
// function.
// Threads:  a task lives and dies on the loop that created it.
// Owns:     its frame. Destroying a task that waits cancels it: its locals go, and with them the tasks and
//           the pending exchanges and alarms that it awaits (their awaiters take themselves back).
// Errors:   results carry their errors (std::expected). An exception that escapes (bad_alloc) ends the
//           process. GCC 12:   no co_await inside ?: or braced initialisers; parameters by value; no
//           capturing lambda as a coroutine.
#pragma once

#include <coroutine>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "upstream/frame_pool.hpp"

namespace shirube::upstream {

template <class T>
class Task;

namespace detail {

// On its end a task hands control straight to whoever awaits it: no recursion, however long the chain.
struct FinalAwaiter {
  [[nodiscard]] bool await_ready() const noexcept { return false; }
  template <class Promise>
  std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> ended) noexcept {
    return ended.promise().continuation;
  }
  void await_resume() const noexcept {}
};

struct PromiseBase : PooledFrame {
  std::coroutine_handle<> continuation = std::noop_coroutine();
  [[nodiscard]] std::suspend_always initial_suspend() const noexcept { return {}; }
  [[nodiscard]] FinalAwaiter final_suspend() const noexcept { return {}; }
  [[noreturn]] void unhandled_exception() const noexcept { std::terminate(); }
};

template <class T>
struct Promise : PromiseBase {
  std::optional<T> value;
  Task<T> get_return_object();
  template <class U>
  void return_value(U&& result) {
    value.emplace(std::forward<U>(result));
  }
};

template <>
struct Promise<void> : PromiseBase {
  Task<void> get_return_object();
  void return_void() const noexcept {}
};

}  // namespace detail

template <class T = void>
class [[nodiscard]] Task {
 public:
  using promise_type = detail::Promise<T>;
  using Handle = std::coroutine_handle<promise_type>;

  Task() = default;
  explicit Task(Handle handle) : handle_(handle) {}
  Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  Task& operator=(Task&& other) noexcept {
    if (this != &other) {
      destroy();
      handle_ = std::exchange(other.handle_, {});
    }
    return *this;
  }
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;
  ~Task() { destroy(); }

  struct Awaiter {
    Handle handle;
    [[nodiscard]] bool await_ready() const noexcept { return handle.done(); }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiting) noexcept {
      handle.promise().continuation = awaiting;
      return handle;
    }
    T await_resume() {
      // Awaited tasks have ended, and a task ends by giving its value.
      // NOLINTNEXTLINE(bugprone-unchecked-optional-access)
      if constexpr (!std::is_void_v<T>) return std::move(*handle.promise().value);
    }
  };
  [[nodiscard]] Awaiter operator co_await() const& noexcept { return Awaiter{handle_}; }
  [[nodiscard]] Awaiter operator co_await() const&& noexcept { return Awaiter{handle_}; }

 private:
  void destroy() {
    if (handle_) handle_.destroy();
    handle_ = {};
  }
  Handle handle_;
};

template <class T>
Task<T> detail::Promise<T>::get_return_object() {
  return Task<T>(std::coroutine_handle<Promise<T>>::from_promise(*this));
}
inline Task<void> detail::Promise<void>::get_return_object() {
  return Task<void>(std::coroutine_handle<Promise<void>>::from_promise(*this));
}

namespace detail {

// A frame that runs by itself and frees itself at its end, or is destroyed by the handle that start()
// returned.
struct Runner {
  struct promise_type : PooledFrame {
    Runner get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    [[nodiscard]] std::suspend_always initial_suspend() const noexcept { return {}; }
    [[nodiscard]] std::suspend_never final_suspend() const noexcept { return {}; }
    void return_void() const noexcept {}
    [[noreturn]] void unhandled_exception() const noexcept { std::terminate(); }
  };
  std::coroutine_handle<promise_type> handle;
};

}  // namespace detail

// TaskSet: tasks that nobody awaits. Each runs at once up to its first wait and leaves the set when it ends.
// Destroying the set cancels all that still wait; not to be done from within one of its tasks while that
// runs.
class TaskSet {
 public:
  TaskSet() = default;
  TaskSet(const TaskSet&) = delete;
  TaskSet& operator=(const TaskSet&) = delete;
  ~TaskSet() { cancel_all(); }

  // Returns its number; numbers only grow.
  std::size_t spawn(Task<void> task) {
    const auto id = next_id_++;
    auto runner = run(std::move(task), this, id);
    running_.emplace(id, runner.handle);
    runner.handle.resume();
    return id;
  }
  // Nothing happens when it has ended. Not from within that task itself.
  void cancel(std::size_t id) {
    const auto found = running_.extract(id);
    if (!found.empty()) found.mapped().destroy();
  }
  [[nodiscard]] std::size_t size() const { return running_.size(); }
  void cancel_all() {
    auto doomed = std::exchange(running_, {});
    for (auto& [id, handle] : doomed) handle.destroy();
  }

 private:
  static detail::Runner run(Task<void> task, TaskSet* set, std::size_t id) {
    co_await task;
    task = Task<void>();  // the frame goes before the set may report that it is empty
    set->running_.erase(id);
  }

  std::size_t next_id_ = 0;
  std::unordered_map<std::size_t, std::coroutine_handle<>> running_;
};

// Runs all tasks at once until all have ended, or until one result is enough. Returns the results in the
// order of the tasks, and nothing for unfinished ones. Its destruction cancels those.
template <class T>
class AllUntil {
 public:
  using IsEnough = std::function<bool(const T&)>;
  AllUntil(std::vector<Task<T>> tasks, IsEnough is_enough)
      : state_(std::make_unique<State>()), tasks_(std::move(tasks)) {
    state_->results.resize(tasks_.size());
    state_->is_enough = std::move(is_enough);
  }
  [[nodiscard]] bool await_ready() const noexcept { return tasks_.empty(); }
  // False: no task is left to wait for, and the awaiting coroutine continues at once.
  bool await_suspend(std::coroutine_handle<> awaiting) {
    state_->left = tasks_.size();
    for (std::size_t i = 0; i < tasks_.size() && !state_->has_enough; ++i)
      set_.spawn(collect(std::move(tasks_[i]), state_.get(), i));
    if (state_->is_over()) return false;
    state_->awaiting = awaiting;  // only now: a task that ends at once must not resume it here
    return true;
  }
  std::vector<std::optional<T>> await_resume() { return std::move(state_->results); }

 private:
  struct State {
    std::vector<std::optional<T>> results;
    IsEnough is_enough;
    std::size_t left = 0;
    bool has_enough = false;
    std::coroutine_handle<> awaiting;
    [[nodiscard]] bool is_over() const { return left == 0 || has_enough; }
  };
  // Resumes the awaiter from an awaitable, so that this child's frame is suspended, not running, when it
  // goes.
  struct Arrive {
    State* state;
    [[nodiscard]] bool await_ready() const noexcept { return !state->awaiting || !state->is_over(); }
    void await_suspend(std::coroutine_handle<>) const { std::exchange(state->awaiting, {}).resume(); }
    void await_resume() const noexcept {}
  };
  static Task<void> collect(Task<T> task, State* state, std::size_t index) {
    auto result = co_await task;
    --state->left;
    state->has_enough = state->has_enough || (state->is_enough && state->is_enough(result));
    state->results[index].emplace(std::move(result));
    co_await Arrive{state};
  }

  std::unique_ptr<State> state_;
  std::vector<Task<T>> tasks_;
  TaskSet set_;  // last: its tasks point into state_
};

// Runs all tasks at once and gives their results in the order of the tasks.
template <class T>
class AllOf : AllUntil<T> {
 public:
  explicit AllOf(std::vector<Task<T>> tasks) : AllUntil<T>(std::move(tasks), {}) {}
  using AllUntil<T>::await_ready;
  using AllUntil<T>::await_suspend;
  std::vector<T> await_resume() {
    std::vector<T> results;
    // All have arrived. NOLINTNEXTLINE(bugprone-unchecked-optional-access)
    for (auto& result : AllUntil<T>::await_resume()) results.push_back(std::move(*result));
    return results;
  }
};

template <class T>
[[nodiscard]] AllOf<T> all_of(std::vector<Task<T>> tasks) {
  return AllOf<T>(std::move(tasks));
}

}  // namespace shirube::upstream
