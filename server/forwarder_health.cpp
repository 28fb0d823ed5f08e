#include "server/forwarder_health.hpp"

#include <algorithm>

namespace shirube::server {

bool ForwarderHealth::is_news(const wire::Endpoint& server, State state) {
  const std::scoped_lock hold(mutex_);
  const auto known = std::ranges::find(down_, server);
  const auto before = known == down_.end() ? State::Up : State::Down;
  if (state == before) return false;
  if (state == State::Down) {
    down_.push_back(server);
  } else {
    down_.erase(known);
  }
  return true;
}

void ForwarderHealth::set_settings(const upstream::UpstreamSettings& settings) {
  const std::scoped_lock hold(mutex_);
  std::erase_if(down_, [&](const wire::Endpoint& server) {
    return std::ranges::none_of(settings.forwards, [&](const upstream::ZoneServers& forward) {
      return std::ranges::find(forward.servers, server) != forward.servers.end();
    });
  });
}

}  // namespace shirube::server
