#include "server/failure_log.hpp"

namespace shirube::server {
namespace {

// A verdict's words name the record, of which a broken zone has as many as anybody asks for.
[[nodiscard]] std::string kind_of(const upstream::Complaint& complaint) {
  const auto* verdict = std::get_if<dnssec::Verdict>(&complaint);
  return verdict == nullptr ? to_text(complaint) : std::string(dnssec::to_text(verdict->flaw));
}

}  // namespace

void FailureLog::lookup_failed(const wire::Question& question, const upstream::Failure& failure) {
  LogEvent event;
  event.level = conf::LogLevel::Warning;
  event.name = "lookup_failed";
  event.message = failure.is_bogus() ? "validation failed, clients get SERVFAIL"
                                     : "no answer from upstream, clients get SERVFAIL or something stale";
  // One line for a zone and what is wrong with it, whichever of its servers said it first this time.
  std::string key;
  if (!failure.causes.empty()) {
    const auto& first = most_telling(failure);
    key = first.zone.text() + ' ' + kind_of(first.complaint);
  }
  const auto errors = upstream::extended_errors(failure);
  event.fields.push_back({"cause", errors.front().text});
  event.fields.push_back({"question", question.name.text() + ' ' + wire::to_text(question.type)});
  if (!failure.causes.empty()) event.fields.push_back({"zone", most_telling(failure).zone.text()});
  if (auto what_to_do = upstream::advice(failure); !what_to_do.empty())
    event.fields.push_back({"advice", std::move(what_to_do)});
  log_.event(std::move(event), key, network_.now());
}

}  // namespace shirube::server
