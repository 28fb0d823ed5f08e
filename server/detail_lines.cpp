#include "server/detail_lines.hpp"

#include <array>

#include <fmt/format.h>

namespace shirube::server {
namespace {

using upstream::ServerNews;

struct NewsWords {
  ServerNews news;
  std::string_view name;
  std::string_view message;
};
constexpr auto kNewsWords = std::to_array<NewsWords>({
    {ServerNews::Slow, "server_slow", "this server is slow"},
    {ServerNews::NotSlow, "server_not_slow", "this server is no longer slow"},
    {ServerNews::Down, "server_down", "a reply did not come in time; other servers are asked before it"},
    {ServerNews::Up, "server_up", "this server answers again"},
    {ServerNews::Lame, "server_lame",
     "this server does not serve the zone; other servers are asked before it"},
    {ServerNews::NotLame, "server_not_lame", "this server serves the zone again"},
    {ServerNews::Sloppy, "server_sloppy",
     "this server answers without AA; other servers are asked before it"},
    {ServerNews::NotSloppy, "server_not_sloppy", "this server answers with AA again"},
    {ServerNews::Recursive, "server_recursive",
     "this server of a [[stub]] declines queries without RD; it gets RD=1 first for a while"},
    {ServerNews::NotRecursive, "server_not_recursive",
     "this server of a [[stub]] answers queries without RD again"},
    {ServerNews::CaseSensitive, "server_case_sensitive",
     "this server compares or changes the case of names: from now on names are sent without random case"},
    {ServerNews::NotCaseSensitive, "server_not_case_sensitive",
     "this server ignores the case of names; it gets names in random case again"},
    {ServerNews::NoEdns, "server_without_edns", "this server is asked without EDNS for a while"},
    {ServerNews::HasEdns, "server_with_edns", "this server understands EDNS again"},
    {ServerNews::TcpAfterTruncation, "tcp_retry", "the reply over UDP was truncated: asked again over TCP"},
    {ServerNews::TcpAfterMismatches, "tcp_retry",
     "too many mismatched replies over UDP, which may be forged: asked again over TCP"},
    {ServerNews::TcpToProveNoEdns, "tcp_retry", "the reply over UDP denied EDNS: asked again over TCP"},
    {ServerNews::TcpToCheckCase, "tcp_retry",
     "the server may have denied the name because of its random case: asked again over TCP without it"},
});
[[nodiscard]] constexpr bool has_all_news() {
  for (std::size_t i = 0; i < kNewsWords.size(); ++i) {
    if (static_cast<std::size_t>(kNewsWords[i].news) != i) return false;
  }
  return kNewsWords.size() == static_cast<std::size_t>(ServerNews::TcpToCheckCase) + 1;
}
static_assert(has_all_news(), "news is its row's index");

[[nodiscard]] const NewsWords& words_of(ServerNews news) {
  return kNewsWords[static_cast<std::size_t>(news)];
}

[[nodiscard]] std::string question_text(const wire::Question& question) {
  return question.name.text() + ' ' + wire::to_text(question.type);
}

[[nodiscard]] std::string in_milliseconds(wire::Duration time) {
  return fmt::format("{}ms", std::chrono::duration_cast<std::chrono::milliseconds>(time).count());
}

// "secure", "bogus: signature expired"
[[nodiscard]] std::string short_verdict(const dnssec::Verdict& verdict) {
  const auto status = dnssec::to_text(verdict.status);
  if (verdict.flaw == dnssec::Flaw::None) return std::string(status);
  return fmt::format("{}: {}", status, dnssec::to_text(verdict.flaw));
}

}  // namespace

std::string_view event_name(ServerNews news) { return words_of(news).name; }

LogEvent failure_details(const wire::Question& question, const upstream::Failure& failure) {
  LogEvent event{conf::LogLevel::Debug, "lookup_causes", "all causes of one failed lookup", {}};
  event.fields.push_back({"question", question_text(question)});
  std::string causes;
  for (const auto& cause : failure.causes) causes += (causes.empty() ? "" : "; ") + to_text(cause);
  if (failure.out_of_budget)
    causes += (causes.empty() ? "" : "; ") + std::string("the lookup exceeded its limits");
  event.fields.push_back({"causes", std::move(causes)});
  for (const auto& error : failure.from_peer)
    event.fields.push_back(
        {"peer_error", fmt::format("EDE {} {}", static_cast<unsigned>(error.code), error.text)});
  return event;
}

LogEvent server_details(const upstream::ServerChange& change) {
  const auto& words = words_of(change.news);
  LogEvent event{conf::LogLevel::Debug, words.name, std::string(words.message), {}};
  event.fields.push_back({"server", change.server.text()});
  // Of a server of the root zone, and of a forwarder of all names, the zone tells nothing.
  if (!change.zone.is_root()) event.fields.push_back({"zone", change.zone.text()});
  if (change.question != nullptr) event.fields.push_back({"question", question_text(*change.question)});
  if (change.usual_time != wire::Duration{})
    event.fields.push_back({"usual_time", in_milliseconds(change.usual_time)});
  return event;
}

LogEvent trust_details(const upstream::TrustChange& change) {
  LogEvent event{conf::LogLevel::Debug, "zone_verdict", "validation has a new verdict on this zone", {}};
  event.fields.push_back({"zone", change.zone.text()});
  event.fields.push_back({"verdict", short_verdict(change.now)});
  event.fields.push_back({"before", change.before == nullptr ? "unknown" : short_verdict(*change.before)});
  if (change.now.flaw != dnssec::Flaw::None) event.fields.push_back({"reason", dnssec::to_text(change.now)});
  return event;
}

LogEvent rewriting_details(const wire::Question& question, const wire::Address& client,
                           const policy::Applied& applied) {
  LogEvent event{conf::LogLevel::Debug, "answer_rewritten", "the answer was rewritten for this client", {}};
  event.fields.push_back({"question", question_text(question)});
  event.fields.push_back({"client", client.text()});
  std::string reasons;
  for (std::size_t i = 0; i < static_cast<std::size_t>(policy::Rewriter::kCount); ++i) {
    const auto rewriter = static_cast<policy::Rewriter>(i);
    if (applied.has(rewriter))
      reasons += (reasons.empty() ? "" : "; ") + std::string(policy::reason(rewriter));
  }
  event.fields.push_back({"rewriting", std::move(reasons)});
  return event;
}

}  // namespace shirube::server
