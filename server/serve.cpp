#include "server/serve.hpp"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <thread>

#include <fmt/format.h>

#include "conf/read_file.hpp"
#include "conf/timestamp.hpp"
#include "server/complete_settings.hpp"
#include "server/descriptor_limit.hpp"
#include "server/host_addresses.hpp"
#include "server/load_settings.hpp"
#include "server/privileges.hpp"
#include "server/process.hpp"
#include "server/uv_signals.hpp"
#include "upstream/route.hpp"

namespace shirube::server {
namespace {

using conf::LogLevel;

struct StartFailure {
  int code = kExitBroken;
  std::string text;
};
template <class T>
using Started = std::expected<T, StartFailure>;

[[nodiscard]] std::string read_resolv_conf() {
  // The C library reads only three name servers from it; a file above this size is not a resolv.conf.
  constexpr std::size_t kMostBytes = 64 << 10;
  return conf::read_file("/etc/resolv.conf", kMostBytes).value_or("");
}

[[nodiscard]] Started<SettingsPtr> load(const ServeCommand& command) {
  auto settings = load_settings(command);
  if (!settings) return std::unexpected(StartFailure{kExitWrongUsage, settings.error().line()});
  auto complete = complete_settings(std::move(*settings), read_resolv_conf(), host_addresses());
  if (!complete) return std::unexpected(StartFailure{kExitWrongUsage, complete.error()});
  return std::make_shared<const conf::Settings>(std::move(*complete));
}

[[nodiscard]] std::size_t worker_count(const conf::ServerSettings& settings) {
  if (settings.workers != 0) return settings.workers;
  return std::max<std::size_t>(1, std::thread::hardware_concurrency());
}

[[nodiscard]] bool host_lacks(const ListenError& error) {
  return error.fault == ListenFault::FamilyUnsupported || error.fault == ListenFault::AddressUnavailable;
}

[[nodiscard]] StartFailure cannot_listen(const ListenError& error) {
  switch (error.fault) {
    case ListenFault::PermissionDenied:
      return {kExitBroken,
              error.text + "; start it as root, or on a high port: ./run serve --listen 127.0.0.1:5300"};
    case ListenFault::AddressInUse:
      return {
          kExitBroken,
          error.text + "; stop the other server, or take another port: ./run serve --listen 127.0.0.1:5300"};
    default:
      return {kExitBroken, error.text};
  }
}

void announce_listener(Log& log, const wire::Endpoint& endpoint) {
  if (host_has(endpoint.address))
    return log.event(LogLevel::Info, "listen", "answering on UDP and TCP", {{"address", endpoint.text()}});
  log.event(LogLevel::Warning, "listen",
            "no interface has this address yet; queries are answered once it is added",
            {{"address", endpoint.text()}});
}

// A host without IPv6 lacks [::1]: that is worth one warning, as long as anything is left to listen on.
[[nodiscard]] Started<WorkerSockets> open_sockets(const conf::ServerSettings& settings, Log& log) {
  WorkerSockets sockets(worker_count(settings));
  std::string last_error;
  for (const auto& endpoint : settings.listen) {
    auto opened = open_listen_sockets(endpoint, sockets.size());
    if (!opened && !host_lacks(opened.error())) return std::unexpected(cannot_listen(opened.error()));
    if (!opened) {
      last_error = opened.error().text;
      log.event(LogLevel::Warning, "listen", "this address is not used: " + last_error);
      continue;
    }
    announce_listener(log, endpoint);
    for (std::size_t i = 0; i < sockets.size(); ++i) sockets[i].push_back(std::move((*opened)[i]));
  }
  if (sockets.front().empty())
    return std::unexpected(StartFailure{kExitBroken, "nothing to listen on: " + last_error});
  return sockets;
}

void allow_descriptors(std::size_t workers, std::size_t endpoints, Log& log) {
  constexpr std::size_t kOfOurOwn = 64;  // loops, log, libraries
  const auto each = UvNetwork::kMaxUpstreamSockets + endpoints * TcpLimits{}.connections;
  const auto wanted = kOfOurOwn + workers * each;
  const auto allowed = raise_descriptor_limit(wanted);
  if (allowed >= wanted) return;
  log.event(
      LogLevel::Warning, "descriptors",
      fmt::format(
          "{} open files are allowed, {} may be needed under load; raise the limit (ulimit -n, LimitNOFILE)",
          allowed, wanted));
}

// A tree that was only built has made no user yet; nobody is still better than root.
[[nodiscard]] std::string user_to_become(const conf::ServerSettings& settings, Log& log) {
  constexpr auto kFallback = "nobody";
  if (!is_root() || settings.user != conf::ServerSettings{}.user || user_exists(settings.user))
    return settings.user;
  log.event(LogLevel::Warning, "user",
            fmt::format("there is no user {0}, running as {1}; create it: useradd --system {0}",
                        settings.user, kFallback));
  return kFallback;
}

void announce(Log& log, std::string_view event, const std::vector<upstream::ZoneServers>& zones) {
  for (const auto& zone : zones) {
    std::string servers;
    for (const auto& server : zone.servers) servers += (servers.empty() ? "" : " ") + server.text();
    log.event(LogLevel::Info, event, "asking these servers",
              {{"zone", zone.zone.text()}, {"servers", servers}});
  }
}

[[nodiscard]] std::int64_t wall_time() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::floor<wire::Seconds>(now).count();
}

void announce(Log& log, const dnssec::TrustSettings& trust) {
  if (!trust.validates())
    return log.event(LogLevel::Info, "validate", "signatures are not checked (dnssec.validate)");
  if (trust.fixed_time) {
    log.event(LogLevel::Warning, "validate",
              "signatures are checked as of another time (dnssec.validation-time)",
              {{"time", conf::timestamp_text(*trust.fixed_time)}});
  }
  const auto now = trust.fixed_time.value_or(wall_time());
  for (const auto& negative : trust.unsigned_zones) {
    const bool is_over = negative.expires && *negative.expires <= now;
    log.event(is_over ? LogLevel::Warning : LogLevel::Info, "negative_trust_anchor",
              is_over ? "it has ended: the zone is validated" : "the zone is treated as unsigned",
              {{"zone", negative.zone.text()},
               {"until", negative.expires ? conf::timestamp_text(*negative.expires) : "no end"}});
  }
}

void announce(Log& log, const upstream::UpstreamSettings& settings) {
  // With a [[forward]] or [[stub]] of the root the hints are not needed.
  const auto route = upstream::choose_route(settings, {wire::Name(), wire::Type::NS});
  if (route.kind == upstream::RouteKind::Walk)
    log.event(LogLevel::Info, "iterate", "finding answers from the root");
  announce(log, "forward", settings.forwards);
  announce(log, "stub", settings.stubs);
}

// Without the file it goes on, and says so again when it cannot be written.
void prepare_state(const conf::Settings& settings, const std::string& user, Log& log) {
  if (settings.anchor_state.empty() || user.empty() || !is_root()) return;
  const auto prepared = prepare_directory(std::filesystem::path(settings.anchor_state).parent_path(), user);
  if (!prepared) log.event(LogLevel::Warning, "root_keys", prepared.error());
}

[[nodiscard]] Started<int> serve_until_told(const ServeCommand& command) {
  auto settings = load(command);
  if (!settings) return std::unexpected(settings.error());
  Log log((*settings)->log);
  hold_signals();
  auto sockets = open_sockets((*settings)->server, log);
  if (!sockets) return std::unexpected(sockets.error());
  allow_descriptors(sockets->size(), sockets->front().size(), log);
  const auto user = user_to_become((*settings)->server, log);
  prepare_state(**settings, user, log);
  const auto dropped = drop_privileges(user);
  if (!dropped) return std::unexpected(StartFailure{kExitBroken, dropped.error()});
  announce(log, (*settings)->upstream);
  announce(log, (*settings)->upstream.trust);
  Process process(log, *settings, std::move(*sockets));
  log.event(LogLevel::Info, "start", "ready");
  process.run([&]() -> SettingsPtr {
    auto renewed = load(command);
    if (renewed) return *renewed;
    log.event(LogLevel::Error, "reload", "the old configuration stays in force: " + renewed.error().text);
    return nullptr;
  });
  log.event(LogLevel::Info, "stop", "stopped cleanly");
  return kExitFine;
}

}  // namespace

int serve(const ServeCommand& command) {
  // If the reader of the log ends ("2>&1 | head -1"), the resolver must go on.
  std::signal(SIGPIPE, SIG_IGN);
  std::string error;
  int code = kExitBroken;
  try {
    const auto served = serve_until_told(command);
    if (served) return *served;
    error = served.error().text;
    code = served.error().code;
  } catch (const std::runtime_error& failed) {  // start-up only: a loop or a thread could not be made
    error = failed.what();
  }
  fmt::print(stderr, "shirube: {}\n", error);
  return code;
}

}  // namespace shirube::server
