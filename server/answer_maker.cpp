#include "server/answer_maker.hpp"

#include <algorithm>
#include <utility>

#include "cache/ttl_limits.hpp"
#include "dnssec/sentinel.hpp"
#include "policy/local_names.hpp"
#include "policy/rebinding.hpp"
#include "upstream/route.hpp"

namespace shirube::server {
namespace {

using cache::CachedAnswer;
using upstream::Part;
using upstream::Share;
using upstream::Task;
using wire::Answer;
using wire::Question;
using wire::Type;

// The lookups of one client's query.
class Maker {
 public:
  Maker(AnswerSources sources, const PendingQuery& pending, policy::Applied& applied)
      : sources_(sources),
        pending_(pending),
        client_(client_view(pending)),
        applied_(applied),
        effort_(upstream::full_effort()) {}

  // The Maker lives in the frame of the task.
  [[nodiscard]] static Task<CachedAnswer> make(Maker maker);

 private:
  [[nodiscard]] wire::Instant now() const { return sources_.network.now(); }
  [[nodiscard]] const conf::Settings& settings() const { return *pending_.serving->settings; }
  // ask() and look_up() are no coroutines. They return another function's task, which saves a frame and moves
  // of the answer.
  [[nodiscard]] Task<CachedAnswer> ask(Question question, Share share, wire::Instant until);
  [[nodiscard]] Task<CachedAnswer> ask_with_flaws(Question question, Share share, wire::Instant until);
  [[nodiscard]] Share main() const { return {.effort = effort_}; }
  [[nodiscard]] Task<CachedAnswer> look_up();
  [[nodiscard]] Task<CachedAnswer> look_up_instead(Type type);
  [[nodiscard]] Task<CachedAnswer> look_up_any(std::vector<Type> types);
  [[nodiscard]] Task<std::vector<policy::Fact>> look_up_facts(std::vector<Question> questions,
                                                              CachedAnswer& found);
  [[nodiscard]] CachedAnswer any_of(std::vector<CachedAnswer> parts);
  [[nodiscard]] bool may_have_flaws() const {
    return pending_.view() == cache::View::Unchecked && settings().upstream.trust.validates();
  }
  void tell_flaws(const Question& question, CachedAnswer& found) const;
  [[nodiscard]] bool tells_of_root_keys(const Answer& answer) const;
  void withhold_private(Answer& answer) {
    policy::withhold_private(pending_.serving->rebinding, pending_.question, answer, client_, applied_);
  }

  AnswerSources sources_;
  const PendingQuery& pending_;
  policy::ClientView client_;
  policy::Applied& applied_;
  upstream::EffortPtr effort_;  // all parts share it
};

Task<CachedAnswer> Maker::make(Maker maker) {
  const auto& question = maker.pending_.question;
  auto lookup = maker.look_up();
  auto found = co_await lookup;
  if (maker.tells_of_root_keys(found.answer)) {
    found.answer = {};
    found.answer.rcode = wire::Rcode::ServFail;
    found.answer.errors.push_back({wire::Ede::Other, "root key sentinel"});
  }
  maker.withhold_private(found.answer);
  std::vector<policy::Fact> facts;
  auto needed = policy::facts_needed(question, found.answer, maker.client_);
  if (!needed.empty()) {
    auto lookups = maker.look_up_facts(std::move(needed), found);
    facts = co_await lookups;
  }
  policy::rewrite(question, found.answer, facts, maker.client_, maker.applied_);
  maker.withhold_private(found.answer);  // the additional section is new
  cache::limit_ttls(found.answer, maker.settings().cache);
  if (const auto lowest = wire::lowest_ttl(found.answer))
    found.expires = std::min(found.expires, maker.now() + wire::Seconds{*lowest});
  co_return found;
}

Task<CachedAnswer> Maker::ask(Question question, Share share, wire::Instant until) {
  share.client = pending_.client();
  if (may_have_flaws()) return ask_with_flaws(std::move(question), std::move(share), until);
  return sources_.pool.resolve(sources_.self, std::move(question), pending_.view(), until, std::move(share));
}

Task<CachedAnswer> Maker::ask_with_flaws(Question question, Share share, wire::Instant until) {
  auto task = sources_.pool.resolve(sources_.self, question, pending_.view(), until, std::move(share));
  auto found = co_await task;
  tell_flaws(question, found);
  co_return found;
}

// With CD the client validates the data (RFC 4035 §3.2.2, RFC 6840 §5.9). The answer reports known flaws.
void Maker::tell_flaws(const Question& question, CachedAnswer& found) const {
  if (found.answer.authentic || upstream::is_failure(found)) return;
  found.expires = std::min(found.expires, now() + kUnvalidatedPacketLifetime);
  auto flaws = sources_.pool.known_flaws(sources_.self, question, found.answer);
  if (flaws.empty()) return;
  cache::limit_ttls(found.answer, kFlawedTtl);
  std::ranges::move(flaws, std::back_inserter(found.answer.errors));
}

Task<CachedAnswer> Maker::look_up() {
  const auto& question = pending_.question;
  auto types = policy::lookups_instead(question, client_);
  if (types.empty()) return ask(question, main(), pending_.deadline());
  return question.type == Type::ANY ? look_up_any(std::move(types)) : look_up_instead(types.front());
}

Task<CachedAnswer> Maker::look_up_instead(Type type) {
  const auto& question = pending_.question;
  Question instead{question.name, type, question.klass};
  auto share = main();
  auto found = co_await ask(std::move(instead), std::move(share), pending_.deadline());
  found.answer = policy::deny_aaaa_by_a(question, std::move(found.answer), client_, applied_);
  co_return found;
}

Task<CachedAnswer> Maker::look_up_any(std::vector<Type> types) {
  const auto& name = pending_.question.name;
  const auto deadline = pending_.deadline();
  const auto until = std::min(deadline, now() + kAliasPatience);
  std::vector<CachedAnswer> parts;
  Question for_alias{name, types.front(), wire::Class::IN};
  Share beside{effort_, Part::Beside};
  auto alias = co_await ask(std::move(for_alias), std::move(beside), until);
  parts.push_back(std::move(alias));
  if (policy::is_enough_for_any(name, parts.front().answer)) co_return any_of(std::move(parts));
  if (upstream::is_failure(parts.front())) {
    parts.clear();
  } else {
    types.erase(types.begin());
  }
  std::vector<Task<CachedAnswer>> lookups;
  lookups.reserve(types.size());
  auto shares = upstream::share_out(effort_, types.size());
  for (std::size_t i = 0; i < types.size(); ++i) {
    Question part{name, types[i], wire::Class::IN};
    lookups.push_back(ask(std::move(part), std::move(shares[i]), deadline));
  }
  upstream::AllUntil<CachedAnswer> rest(std::move(lookups), [&name](const CachedAnswer& part) {
    return policy::is_enough_for_any(name, part.answer);
  });
  auto heard = co_await rest;
  for (auto& part : heard) {
    if (part) parts.push_back(*std::move(part));
  }
  co_return any_of(std::move(parts));
}

// The shortest lifetime of its parts.
CachedAnswer Maker::any_of(std::vector<CachedAnswer> parts) {
  CachedAnswer whole;
  std::vector<Answer> answers;
  answers.reserve(parts.size());
  for (auto& part : parts) {
    whole.expires = std::min(whole.expires, part.expires);
    whole.refresh_at = std::min(whole.refresh_at, part.refresh_at);
    answers.push_back(std::move(part.answer));
  }
  whole.answer = policy::assemble_any(pending_.question, answers, client_, applied_);
  return whole;
}

Task<std::vector<policy::Fact>> Maker::look_up_facts(std::vector<Question> questions, CachedAnswer& found) {
  const auto until = std::min(pending_.deadline(), now() + kFactPatience);
  std::vector<Task<CachedAnswer>> lookups;
  lookups.reserve(questions.size());
  auto shares = upstream::share_out(effort_, questions.size());
  for (std::size_t i = 0; i < questions.size(); ++i)
    lookups.push_back(ask(questions[i], std::move(shares[i]), until));
  auto together = upstream::all_of(std::move(lookups));
  auto answers = co_await together;
  std::vector<policy::Fact> facts;
  facts.reserve(answers.size());
  for (std::size_t i = 0; i < answers.size(); ++i) {
    found.expires = std::min(found.expires, answers[i].expires);
    facts.push_back({std::move(questions[i]), std::move(answers[i].answer)});
  }
  co_return facts;
}

// RFC 8509 §3: the failure of such an answer shows which root keys are trusted here.
bool Maker::tells_of_root_keys(const Answer& answer) const {
  return answer.authentic && !pending_.form.header.cd &&
         dnssec::sentinel_fails(pending_.question, settings().upstream.trust);
}

}  // namespace

Task<CachedAnswer> make_answer(AnswerSources sources, const PendingQuery& pending, policy::Applied& applied) {
  return Maker::make(Maker(sources, pending, applied));
}

std::optional<Answer> make_local_answer(const PendingQuery& pending) {
  const auto& settings = *pending.serving->settings;
  const auto& question = pending.question;
  if (!settings.policy.local_names) return std::nullopt;
  const auto zone = policy::local_zone_of(question.name);
  if (!zone || upstream::overrides_local(settings.upstream, question.name, *zone)) return std::nullopt;
  auto answer = policy::answer_locally(question);
  if (!answer) return std::nullopt;
  policy::Applied applied;
  policy::rewrite(question, *answer, {}, client_view(pending), applied);
  cache::limit_ttls(*answer, settings.cache);
  return answer;
}

}  // namespace shirube::server
