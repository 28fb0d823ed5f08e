#include "upstream/forwarder_watch.hpp"

#include <algorithm>

#include "upstream/awaiting.hpp"
#include "upstream/server_news.hpp"

namespace shirube::upstream {
namespace {

// A question over UDP, perhaps the same over TCP or without EDNS.
constexpr unsigned kPacketsOfProbe = 4;

}  // namespace

ForwarderWatch::Watched* ForwarderWatch::find(const wire::Endpoint& server) {
  const auto found = std::ranges::find(watched_, server, &Watched::server);
  return found == watched_.end() ? nullptr : &*found;
}

void ForwarderWatch::suspect(const wire::Name& zone, const wire::Endpoint& server) {
  auto* watched = find(server);
  if (watched == nullptr) watched = &watched_.emplace_back(Watched{.server = server, .zone = zone});
  if (watched->is_probed || parts_.network.now() < watched->next_probe) return;
  watched->is_probed = true;
  probes_.spawn(probe(server));
}

void ForwarderWatch::look_at(const ZoneServers& forward) {
  for (const auto& server : forward.servers) {
    const auto& state = parts_.memory.at(server);
    if (auto* watched = find(server)) tell(*watched);
    if (state.fails()) suspect(forward.zone, server);
  }
}

void ForwarderWatch::set_settings(const UpstreamSettings& settings) {
  std::erase_if(watched_, [&](const Watched& watched) {
    return std::ranges::none_of(settings.forwards, [&](const ZoneServers& forward) {
      return std::ranges::find(forward.servers, watched.server) != forward.servers.end();
    });
  });
}

// The end of a run of failures; the probe reports its beginning.
void ForwarderWatch::tell(Watched& watched) {
  if (!watched.is_down || parts_.memory.at(watched.server).fails()) return;
  watched.is_down = false;
  parts_.observer.forwarder_changed({.zone = watched.zone, .server = watched.server});
}

Task<void> ForwarderWatch::probe(wire::Endpoint server) {
  const auto* begun = find(server);
  if (begun == nullptr) co_return;
  const wire::Question question{begun->zone, wire::Type::SOA};
  const unsigned probes = begun->is_down ? 1 : kProbesBeforeDown;
  const AskContext context{parts_.network, parts_.memory, parts_.statistics, nullptr, {}, &parts_.observer};
  bool answered = false;
  for (unsigned sent = 1; sent <= probes && !answered; ++sent) {
    co_await SleepUntil(parts_.network, parts_.network.now() + kForwarderProbeGap);
    const auto now = parts_.network.now();
    const auto& state = parts_.memory.at(server);
    // Some middleboxes drop EDNS: the last probe goes without it, unless the server is known to have it.
    const bool tries_plain = probes > 1 && sent == probes && !state.edns_worked;
    QueryForm form;
    form.edns = now >= state.plain_until && !tries_plain;
    form.mix_case = false;
    Budget budget{.effort = full_effort(), .ends = now + kForwarderProbePatience};
    budget.effort->supplies.packets_left = kPacketsOfProbe;
    ServerQuery query{.server = server,
                      .question = question,
                      .form = form,
                      .patience = kForwarderProbePatience,
                      .zone = question.name,
                      .case_check = CaseCheck::Never};
    auto asked = ask_server(context, std::move(query), budget);
    static_cast<void>(co_await asked);
    answered = parts_.memory.at(server).last_reply >= now;
    if (!answered) record_failure(context, server, question.name, now);
  }
  auto* watched = find(server);
  if (watched == nullptr) co_return;  // a reload has taken it away
  const auto now = parts_.network.now();
  const auto& state = parts_.memory.at(server);
  watched->is_probed = false;
  watched->next_probe = std::max(now + kForwarderProbePause, state.down_until);
  if (answered) {
    tell(*watched);
  } else if (!watched->is_down && state.fails()) {
    watched->is_down = true;
    parts_.observer.forwarder_changed(
        {.zone = watched->zone, .server = watched->server, .is_down = true, .unanswered = state.unanswered});
  }
}

}  // namespace shirube::upstream
