#include "server/failure_log.hpp"

namespace shirube::server {

void FailureLog::lookup_failed(const wire::Question& question, const upstream::Failure& failure) {
  LogEvent event;
  event.level = conf::LogLevel::Warning;
  event.name = "lookup_failed";
  event.message = "no answer from upstream, clients get SERVFAIL or something stale";
  std::string key;
  for (const auto& cause : failure.causes) {
    const auto words = to_text(cause.complaint);
    key += cause.zone.text() + ' ' + cause.server.text() + ' ' + words + '\n';
  }
  const auto errors = upstream::extended_errors(failure);
  event.fields.push_back({"cause", errors.front().text});
  event.fields.push_back({"question", question.name.text() + ' ' + wire::to_text(question.type)});
  if (!failure.causes.empty()) event.fields.push_back({"zone", failure.causes.front().zone.text()});
  log_.event(std::move(event), key, network_.now());
}

}  // namespace shirube::server
