#include "server/query_service.hpp"

#include <algorithm>
#include <utility>

#include "dnssec/sentinel.hpp"
#include "policy/access.hpp"
#include "policy/local_names.hpp"
#include "policy/profile_choice.hpp"
#include "server/admission.hpp"
#include "upstream/route.hpp"

namespace shirube::server {
namespace {

using cache::CachedAnswer;
using upstream::Task;
using wire::Answer;
using wire::Question;

// What a rewriter would like to know is not worth more waiting than this: the answer itself is there.
constexpr wire::Duration kFactPatience = std::chrono::milliseconds{1'500};

[[nodiscard]] std::optional<Answer> answer_without_upstream(const Question& question,
                                                            const Serving& serving) {
  const auto& settings = *serving.settings;
  if (!settings.policy.local_names) return std::nullopt;
  const auto zone = policy::local_zone_of(question.name);
  if (!zone || upstream::overrides_local(settings.upstream, question.name, *zone)) return std::nullopt;
  return policy::answer_locally(question);
}

[[nodiscard]] Answer failure(wire::Rcode rcode, std::optional<wire::ExtendedError> error) {
  Answer answer;
  answer.rcode = rcode;
  if (error) answer.errors.push_back(std::move(*error));
  return answer;
}

// RFC 8509 §3: such an answer says by failing which root keys are trusted here.
[[nodiscard]] bool tells_of_root_keys(const PendingQuery& pending, const Answer& answer) {
  const auto& trust = pending.serving->settings->upstream.trust;
  return answer.authentic && !pending.form.header.cd && dnssec::sentinel_fails(pending.question, trust);
}

// A composed answer lives as long as its shortest-lived part.
void shorten(CachedAnswer& whole, const CachedAnswer& part) {
  whole.expires = std::min(whole.expires, part.expires);
  whole.refresh_at = std::min(whole.refresh_at, part.refresh_at);
}

}  // namespace

QueryService::QueryService(Surroundings surroundings, ServingPtr serving, std::size_t rendered_bytes,
                           std::uint64_t hash_seed)
    : around_(surroundings),
      serving_(std::move(serving)),
      rendered_(rendered_bytes, hash_seed),
      scratch_(wire::kMaxMessageSize) {}

void QueryService::set_serving(ServingPtr serving, std::size_t rendered_bytes) {
  serving_ = std::move(serving);
  rendered_.set_capacity(rendered_bytes);
  rendered_.drop_all();
}

HandleResult QueryService::on_packet(wire::BytesView packet, const ReplyPath& path, wire::BytesSpan out) {
  ++statistics_.queries;
  wire::read_query(packet, query_);
  const auto& settings = *serving_->settings;
  const auto admitted = admit(query_, policy::allowed(settings.policy.allow, path.peer.address));
  if (admitted.action != Admission::Resolve) return answer_by_manners(path, out, admitted);
  const auto profile = policy::choose_profile(settings.policy, {path.peer.address, query_.edns.has_value()});
  const auto form = reply_form(query_, path.transport == ClientTransport::Tcp);
  const auto now = around_.network.now();
  if (auto* found = rendered_.find(rendered_key(query_, form, profile), now)) {
    if (const auto size = cache::RenderedCache::write_reply(*found, packet, now, out)) {
      ++statistics_.hits;
      if (now >= found->refresh_at && !found->refresh_asked) {
        found->refresh_asked = true;
        refresh(profile);
      }
      return {Handled::Replied, size};
    }
  }
  return answer_later(path, out, profile);
}

HandleResult QueryService::answer_by_manners(const ReplyPath& path, wire::BytesSpan out,
                                             const Admitted& admitted) {
  if (admitted.action == Admission::Silent) {
    ++statistics_.silent;
    return {};
  }
  if (admitted.action == Admission::Chaos) {
    ++statistics_.local;
    const auto& policy = serving_->settings->policy;
    const Question question{wire::Name::from_checked_wire(query_.name_as_asked()), query_.type, query_.klass};
    return answer_now(answer_chaos(question, {policy.identity, policy.version}), path, out);
  }
  ++statistics_.manners;
  return answer_now(failure(admitted.rcode, admitted.error), path, out);
}

HandleResult QueryService::answer_now(const Answer& answer, const ReplyPath& path, wire::BytesSpan out) {
  const bool readable = query_.fault == wire::QueryFault::None;
  const auto form = reply_form(query_, path.transport == ClientTransport::Tcp);
  const auto size = write_reply(answer, readable ? query_.question : wire::BytesView{}, form, out);
  return {size == 0 ? Handled::Silent : Handled::Replied, size};
}

HandleResult QueryService::answer_later(const ReplyPath& path, wire::BytesSpan out, std::size_t profile) {
  auto pending = make_pending(query_, path, profile, serving_, around_.network.now());
  if (auto local = answer_without_upstream(pending.question, *serving_)) {
    ++statistics_.local;
    policy::Applied applied;
    policy::rewrite(pending.question, *local, {}, client_view(pending), applied);
    return answer_now(*local, path, out);
  }
  if (tasks_.size() >= kMaxPendingQueries) {
    ++statistics_.overloads;
    return answer_now(
        failure(wire::Rcode::ServFail, wire::ExtendedError{wire::Ede::NotReady, "too many queries waiting"}),
        path, out);
  }
  ++statistics_.pending;
  tasks_.spawn(serve(std::move(pending)));
  return {Handled::Later, 0};
}

Task<void> QueryService::serve(PendingQuery pending) {
  policy::Applied applied;
  const auto effort = upstream::full_effort();
  auto found = co_await look_up(pending, effort, applied);
  if (tells_of_root_keys(pending, found.answer))
    found.answer = failure(wire::Rcode::ServFail, wire::ExtendedError{wire::Ede::Other, "root key sentinel"});
  auto facts = co_await look_up_facts(pending, effort, found);
  policy::rewrite(pending.question, found.answer, facts, client_view(pending), applied);
  for (std::size_t i = 0; i < statistics_.rewrites.size(); ++i) {
    if (applied.has(static_cast<policy::Rewriter>(i))) ++statistics_.rewrites[i];
  }
  finish(pending, found);
}

Task<CachedAnswer> QueryService::look_up(const PendingQuery& pending, upstream::EffortPtr effort,
                                         policy::Applied& applied) {
  const auto client = client_view(pending);
  const auto types = policy::lookups_instead(pending.question, client);
  if (types.empty()) {
    upstream::Share share{std::move(effort), upstream::Part::Main};
    auto found = co_await around_.pool.resolve(around_.self, pending.question, pending.view(),
                                               pending.deadline(), std::move(share));
    co_return found;
  }
  std::vector<Task<CachedAnswer>> lookups;
  lookups.reserve(types.size());
  auto shares = upstream::share_out(effort, types.size());
  for (std::size_t i = 0; i < types.size(); ++i) {
    Question part{pending.question.name, types[i], pending.question.klass};
    lookups.push_back(around_.pool.resolve(around_.self, std::move(part), pending.view(), pending.deadline(),
                                           std::move(shares[i])));
  }
  auto together = upstream::all_of(std::move(lookups));
  const auto parts = co_await together;
  CachedAnswer whole;
  std::vector<Answer> answers;
  answers.reserve(parts.size());
  for (const auto& part : parts) {
    shorten(whole, part);
    answers.push_back(part.answer);
  }
  whole.answer = policy::assemble_any(pending.question, answers, client, applied);
  co_return whole;
}

Task<std::vector<policy::Fact>> QueryService::look_up_facts(const PendingQuery& pending,
                                                            upstream::EffortPtr effort, CachedAnswer& found) {
  auto questions = policy::facts_needed(pending.question, found.answer, client_view(pending));
  const auto limit = std::min(pending.deadline(), around_.network.now() + kFactPatience);
  std::vector<Task<CachedAnswer>> lookups;
  lookups.reserve(questions.size());
  auto shares = upstream::share_out(effort, questions.size());
  for (std::size_t i = 0; i < questions.size(); ++i) {
    lookups.push_back(
        around_.pool.resolve(around_.self, questions[i], pending.view(), limit, std::move(shares[i])));
  }
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

void QueryService::finish(const PendingQuery& pending, const CachedAnswer& found) {
  const auto size = write_reply(found.answer, pending.question_bytes, pending.form, scratch_);
  if (size == 0) return pending.path.sink->abandon(pending.path);
  const auto packet = wire::BytesSpan(scratch_).first(size);
  const auto now = around_.network.now();
  // What began under older settings must not answer under newer ones.
  if (pending.serving == serving_ && found.expires > now) {
    wire::QueryView asked;
    asked.type = pending.question.type;
    asked.name_size = static_cast<std::uint8_t>(pending.question.name.size());
    std::ranges::transform(pending.question.name.wire(), asked.lowered_name.begin(), wire::lower);
    rendered_.insert(rendered_key(asked, pending.form, pending.profile), packet, now, found.expires,
                     found.refresh_at);
  }
  pending.path.sink->send(pending.path, packet);
}

void QueryService::refresh(std::size_t profile) {
  // What nobody judges is not renewed ahead: a prefetch validates.
  if (query_.header.cd) return;
  const auto pending = make_pending(query_, {}, profile, serving_, around_.network.now());
  const auto types = policy::lookups_instead(pending.question, client_view(pending));
  if (types.empty()) return around_.pool.prefetch(around_.self, pending.question, {});
  const upstream::Share share{upstream::full_effort(), upstream::Part::Beside};
  for (const auto type : types) {
    around_.pool.prefetch(around_.self, {pending.question.name, type, pending.question.klass}, share);
  }
}

}  // namespace shirube::server
