// LoadRun: the load of all sockets on one thread.
// Threads:  one owner.
// Owns:     its sockets; borrows the questions.
// Units:    steady clock.
// Errors:   std::system_error from the sockets.
#pragma once

#include <deque>
#include <utility>
#include <vector>

#include <poll.h>

#include "bench/load/load_options.hpp"
#include "bench/load/load_socket.hpp"

namespace shirube::bench {

class LoadRun {
 public:
  LoadRun(const LoadOptions& options, QuestionList& questions);

  // Brings the queries under way, socket by socket.
  void start();
  // Returns at `end`, or earlier when all questions are asked and answered.
  void run_until(LoadClock::time_point end);
  [[nodiscard]] std::size_t under_way() const;
  // What was counted since the last call.
  [[nodiscard]] Tally take_tally() { return std::exchange(tally_, {}); }

 private:
  void wait_and_receive();

  QuestionList& questions_;
  std::deque<LoadSocket> sockets_;
  std::vector<pollfd> polled_;
  Tally tally_;
};

}  // namespace shirube::bench
