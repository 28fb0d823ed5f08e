#include "bench/load/load_run.hpp"

#include <algorithm>

namespace shirube::bench {
namespace {

constexpr int kPollMilliseconds = 10;
// How late a lost query is noticed.
constexpr std::chrono::milliseconds kLossCheck{100};

}  // namespace

LoadRun::LoadRun(const LoadOptions& options, QuestionList& questions) : questions_(questions) {
  for (std::size_t i = 0; i < options.sockets; ++i) {
    const auto window = options.window / options.sockets + (i < options.window % options.sockets ? 1 : 0);
    const auto& socket = sockets_.emplace_back(options.server, window, questions);
    polled_.push_back({socket.descriptor(), POLLIN, 0});
  }
}

// Not all at once: such a burst overruns receive buffers that the same number of queries under way does not.
void LoadRun::start() {
  for (auto& socket : sockets_) {
    socket.start();
    wait_and_receive();
  }
}

std::size_t LoadRun::under_way() const {
  std::size_t sum = 0;
  for (const auto& socket : sockets_) sum += socket.under_way();
  return sum;
}

void LoadRun::run_until(LoadClock::time_point end) {
  auto now = LoadClock::now();
  auto next_check = now + kLossCheck;
  for (; now < end; now = LoadClock::now()) {
    if (questions_.is_over() && under_way() == 0) return;
    wait_and_receive();
    if (now < next_check) continue;
    next_check = now + kLossCheck;
    for (auto& socket : sockets_) socket.resend_lost(tally_);
  }
}

void LoadRun::wait_and_receive() {
  if (::poll(polled_.data(), polled_.size(), kPollMilliseconds) <= 0) return;
  for (std::size_t i = 0; i < polled_.size(); ++i) {
    if (polled_[i].revents != 0) sockets_[i].receive(tally_);
  }
}

}  // namespace shirube::bench
