#include "tests/support/waiting.hpp"

#include <utility>

namespace shirube::test {
namespace {

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

}  // namespace

upstream::Task<int> give(int value) { co_return value; }

upstream::Task<int> give_after(upstream::Network* network, wire::Duration after, int value) {
  co_await upstream::SleepUntil(*network, network->now() + after);
  co_return value;
}

upstream::Task<void> visit(upstream::Network* network, wire::Duration after, std::string name, Notes* notes) {
  const Leaving leaving(name, *notes);
  notes->push_back("+" + name);
  co_await upstream::SleepUntil(*network, network->now() + after);
  notes->push_back("=" + name);
}

}  // namespace shirube::test
