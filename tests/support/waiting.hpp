// Coroutines for tests: they wait, and note that they were there and that they are gone.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "upstream/awaiting.hpp"
#include "upstream/task.hpp"

namespace shirube::test {

using Notes = std::vector<std::string>;

// Writes "-name" when the frame that holds it goes.
class Leaving {
 public:
  Leaving(std::string name, Notes& notes) : name_(std::move(name)), notes_(notes) {}
  Leaving(const Leaving&) = delete;
  Leaving& operator=(const Leaving&) = delete;
  ~Leaving() { notes_.push_back("-" + name_); }

 private:
  std::string name_;
  Notes& notes_;
};

[[nodiscard]] inline upstream::Task<int> give(int value) { co_return value; }

[[nodiscard]] inline upstream::Task<int> give_after(upstream::Network* network, wire::Duration after,
                                                    int value) {
  co_await upstream::SleepUntil(*network, network->now() + after);
  co_return value;
}

// A task whose frame tells when it begins, ends and goes.
[[nodiscard]] inline upstream::Task<void> visit(upstream::Network* network, wire::Duration after,
                                                std::string name, Notes* notes) {
  const Leaving leaving(name, *notes);
  notes->push_back("+" + name);
  co_await upstream::SleepUntil(*network, network->now() + after);
  notes->push_back("=" + name);
}

}  // namespace shirube::test
