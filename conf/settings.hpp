// Everything that a configuration file can say, as one plain value; loader.hpp fills it.
// Threads:  immutable once loaded; share it as std::shared_ptr<const Settings>.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cache/settings.hpp"
#include "policy/settings.hpp"
#include "upstream/settings.hpp"
#include "wire/endpoint.hpp"

namespace shirube::conf {

enum class LogLevel : std::uint8_t { Debug, Info, Warning, Error };
enum class LogFormat : std::uint8_t { Text, Json };

struct ServerSettings {
  std::vector<wire::Endpoint> listen;  // UDP and TCP on each
  std::uint16_t workers = 0;           // 0 = one a core
  std::string user = "shirube";        // taken on after binding, when started as root; "" = stay
  friend bool operator==(const ServerSettings&, const ServerSettings&) = default;
};

struct LogSettings {
  LogLevel level = LogLevel::Info;
  LogFormat format = LogFormat::Text;
  friend bool operator==(const LogSettings&, const LogSettings&) = default;
};

struct Settings {
  ServerSettings server;
  upstream::UpstreamSettings upstream;
  cache::CacheSettings cache;
  policy::PolicySettings policy;
  LogSettings log;
  // Where the root's keys are kept as they roll over (RFC 5011); "" = they are not. Only beside the built-in
  // keys.
  std::string anchor_state;
  friend bool operator==(const Settings&, const Settings&) = default;
};

}  // namespace shirube::conf
