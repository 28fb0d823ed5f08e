#include "server/failure_log.hpp"

#include <fmt/format.h>

#include "server/detail_lines.hpp"

namespace shirube::server {
namespace {

// The words of a verdict name the record. A broken zone can have many records, so only the flaw counts.
[[nodiscard]] std::string kind_of(const upstream::Complaint& complaint) {
  const auto* verdict = std::get_if<dnssec::Verdict>(&complaint);
  return verdict == nullptr ? to_text(complaint) : std::string(dnssec::to_text(verdict->flaw));
}

// In a private zone without its negative trust anchor each host name fails: the log names the configured
// zone.
[[nodiscard]] std::string zone_of(const upstream::Failure& failure, const upstream::Cause& cause) {
  return (failure.named_zone.is_root() ? cause.zone : failure.named_zone).text();
}

// A server of a zone is found by the zone; a forwarder by its [[forward]] and its address, because most
// forwarders hold all names.
void add_place(LogEvent& event, const upstream::Failure& failure) {
  const auto& cause = most_telling(failure);
  if (cause.asked_as == upstream::AskedAs::Authority) {
    event.fields.push_back({"zone", zone_of(failure, cause)});
    return;
  }
  const bool is_verdict = std::holds_alternative<dnssec::Verdict>(cause.complaint);
  event.fields.push_back({"forward", (is_verdict ? failure.named_zone : cause.zone).text()});
  if (cause.server.port != 0) event.fields.push_back({"server", cause.server.text()});
}

}  // namespace

void FailureLog::lookup_failed(const wire::Question& question, const upstream::Failure& failure) {
  LogEvent event;
  event.level = conf::LogLevel::Warning;
  event.name = "lookup_failed";
  event.message = failure.is_bogus() ? "validation failed, clients get SERVFAIL"
                                     : "no answer from upstream, clients get SERVFAIL or a stale answer";
  // One line for a zone and its fault, whichever of its servers reported it. A forwarder of "." holds all
  // names: then the server and its fault make the key.
  const auto key_of = [&](const upstream::Cause& cause) {
    const bool of_all_names = failure.named_zone.is_root() && cause.zone.is_root() && cause.server.port != 0;
    return (of_all_names ? cause.server.text() : zone_of(failure, cause)) + ' ' + kind_of(cause.complaint);
  };
  std::string key;
  if (!failure.causes.empty()) {
    key = key_of(most_telling(failure));
  }
  const auto errors = upstream::extended_errors(failure);
  event.fields.push_back({"cause", errors.front().text});
  event.fields.push_back({"question", question.name.text() + ' ' + wire::to_text(question.type)});
  if (!failure.causes.empty()) add_place(event, failure);
  if (auto what_to_do = upstream::advice(failure); !what_to_do.empty())
    event.fields.push_back({"advice", std::move(what_to_do)});
  log_.event(std::move(event), key, network_.now());
  details_.line(network_.now(), [&] { return failure_details(question, failure); });
}

void FailureLog::server_changed(const upstream::ServerChange& change) {
  details_.line(network_.now(), [&] { return server_details(change); });
}

void FailureLog::trust_changed(const upstream::TrustChange& change) {
  details_.line(network_.now(), [&] { return trust_details(change); });
}

void FailureLog::forwarder_changed(const upstream::ForwarderChange& change) {
  using State = ForwarderHealth::State;
  if (!forwarders_.is_news(change.server, change.is_down ? State::Down : State::Up)) return;
  LogEvent event;
  event.level = change.is_down ? conf::LogLevel::Warning : conf::LogLevel::Info;
  event.name = change.is_down ? "forwarder_down" : "forwarder_up";
  event.message = change.is_down ? "this forwarder does not answer" : "this forwarder answers again";
  event.fields.push_back({"server", change.server.text()});
  event.fields.push_back({"forward", change.zone.text()});
  if (change.is_down) event.fields.push_back({"unanswered", fmt::to_string(change.unanswered)});
  log_.event(std::move(event), change.server.text(), network_.now());
}

}  // namespace shirube::server
