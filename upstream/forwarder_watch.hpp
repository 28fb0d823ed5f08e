// ForwarderWatch: whether the servers of [[forward]] answer. A late server is probed beside the lookups. A
// dead one is found within seconds and reported once.
// Threads:  one owner, on the loop of the Network.
// Owns:     its probes; borrows all else. Destroying it cancels them.
// Rules:    a probe asks for the SOA of the forwarded zone, which the server can always answer. A late or
//           failed server gets kProbesBeforeDown probes. If none is answered, the server is down. It is then
//           probed once in each back-off of the ServerMemory while lookups come. Without lookups nothing is
//           sent.
#pragma once

#include <vector>

#include "upstream/ask_server.hpp"
#include "upstream/observer.hpp"
#include "upstream/settings.hpp"

namespace shirube::upstream {

// Unanswered probes after which a forwarder is down. One or two lost packets are not logged.
inline constexpr unsigned kProbesBeforeDown = 3;
// Pause before each probe: a short fault may end meanwhile, and several refusals at one instant count as one.
inline constexpr wire::Duration kForwarderProbeGap = std::chrono::milliseconds{200};
// A server that recurses has a zone's SOA ready by the second probe.
inline constexpr wire::Duration kForwarderProbePatience = std::chrono::seconds{1};
// Interval between probes of a server that answers them: bounds the packets to a slow server.
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
  // Call after a lookup has asked these servers: reports those that answer again, and probes those that fail.
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
  std::vector<Watched> watched_;  // servers that were ever late: at most as many as the configuration names
  TaskSet probes_;                // declared last: its tasks use the members above
};

}  // namespace shirube::upstream
