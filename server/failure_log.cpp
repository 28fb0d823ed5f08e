#include "server/failure_log.hpp"

namespace shirube::server {

void FailureLog::lookup_failed(const wire::Question& question, const upstream::Failure& failure) {
  LogEvent event;
  event.level = conf::LogLevel::Warning;
  event.name = "lookup_failed";
  event.message = "no answer from upstream, clients get SERVFAIL or something stale";
  // One line for a zone and what is wrong with it, whichever of its servers said it first this time.
  std::string key;
  if (!failure.causes.empty()) {
    const auto& first = failure.causes.front();
    key = first.zone.text() + ' ' + to_text(first.complaint);
  }
  const auto errors = upstream::extended_errors(failure);
  event.fields.push_back({"cause", errors.front().text});
  event.fields.push_back({"question", question.name.text() + ' ' + wire::to_text(question.type)});
  if (!failure.causes.empty()) event.fields.push_back({"zone", failure.causes.front().zone.text()});
  log_.event(std::move(event), key, network_.now());
}

}  // namespace shirube::server
