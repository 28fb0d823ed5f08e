// ForwarderHealth: the servers of [[forward]] that are down according to the log. Each worker finds out by
// itself, and only the first finding is logged.
// Threads:  all methods from any thread.
// Owns:     the list: at most as many servers as the configuration names.
#pragma once

#include <mutex>
#include <vector>

#include "upstream/settings.hpp"

namespace shirube::server {

class ForwarderHealth {
 public:
  enum class State : std::uint8_t { Up, Down };
  // False: another worker has reported it before.
  [[nodiscard]] bool is_news(const wire::Endpoint& server, State state);
  // Forgets the servers that no [[forward]] names any more.
  void set_settings(const upstream::UpstreamSettings& settings);

 private:
  std::mutex mutex_;
  std::vector<wire::Endpoint> down_;
};

}  // namespace shirube::server
