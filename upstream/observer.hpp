// What the resolver tells to whoever keeps the log; it folds and formats, the resolver only reports.
// Threads:  called on the resolver's loop, from within a lookup: must not call back into the resolver.
#pragma once

#include "upstream/failure.hpp"
#include "wire/message.hpp"

namespace shirube::upstream {

// A server of a [[forward]] has stopped answering, or answers again.
struct ForwarderChange {
  const wire::Name& zone;  // of a [[forward]] that names it
  const wire::Endpoint& server;
  bool is_down = false;
  std::uint32_t unanswered = 0;  // is_down: queries in a row
};

class Observer {
 public:
  virtual ~Observer() = default;
  // A lookup ended without an answer; its clients get SERVFAIL or something stale.
  virtual void lookup_failed(const wire::Question& question, const Failure& failure) = 0;
  virtual void forwarder_changed(const ForwarderChange& /*change*/) {}
};

}  // namespace shirube::upstream
