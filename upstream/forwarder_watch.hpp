// ForwarderWatch: whether the servers of [[forward]] answer. A server that is late is probed beside the
// lookups, so that its death is known after seconds and told once.
// Threads:  one owner, on the loop of the Network.
// Owns:     its probes; borrows all else. Destroying it cancels them.
// Rules:    a probe asks for the SOA of the forwarded zone, which the server has to have or to find. One that
//           is late or failed gets kProbesBeforeDown probes; without a reply it is down, and is probed once
//           in each back-off of the ServerMemory while lookups come. Without lookups nothing is sent.
#pragma once

#include <vector>

#include "upstream/ask_server.hpp"
#include "upstream/observer.hpp"
#include "upstream/settings.hpp"

namespace shirube::upstream {

// Probes without a reply until a forwarder is down; a lost packet or two are not worth a line in the log.
inline constexpr unsigned kProbesBeforeDown = 3;
// Before each probe: what made the server late may be over by then, and refusals of one instant are one.
inline constexpr wire::Duration kForwarderProbeGap = std::chrono::milliseconds{200};
// A server that recurses has a zone's SOA ready by the second probe.
inline constexpr wire::Duration kForwarderProbePatience = std::chrono::seconds{1};
// How soon a server that answered its probe is probed again: bounds the packets to one that is merely slow.
inline constexpr wire::Duration kForwarderProbePause = std::chrono::seconds{5};

class ForwarderWatch {
 public:
  struct Parts {
    Network& network;
    ServerMemory& memory;
    Statistics& statistics;
    Observer& observer;
  };
  explicit ForwarderWatch(Parts parts) : parts_(parts) {}

  // `server` of the [[forward]] for `zone` has not answered in its usual time.
  void suspect(const wire::Name& zone, const wire::Endpoint& server);
  // A lookup has asked these: tells which of them answer again, and probes those that fail.
  void look_at(const ZoneServers& forward);
  // Forgets the servers that no [[forward]] names any more.
  void set_settings(const UpstreamSettings& settings);

 private:
  struct Watched {
    wire::Endpoint server;
    wire::Name zone;
    bool is_down = false;
    bool is_probed = false;  // just now
    wire::Instant next_probe = wire::Instant::min();
  };
  [[nodiscard]] Watched* find(const wire::Endpoint& server);
  void tell(Watched& watched);
  [[nodiscard]] Task<void> probe(wire::Endpoint server);

  Parts parts_;
  std::vector<Watched> watched_;  // those that ever were late: at most as many as the configuration names
  TaskSet probes_;                // last: its tasks use all of the above
};

}  // namespace shirube::upstream
