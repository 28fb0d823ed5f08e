#include "server/query_service.hpp"

#include <algorithm>
#include <utility>

#include "policy/access.hpp"
#include "policy/profile_choice.hpp"
#include "server/admission.hpp"
#include "server/detail_lines.hpp"

namespace shirube::server {
namespace {

using cache::CachedAnswer;
using upstream::Task;
using wire::Answer;
using wire::Question;

[[nodiscard]] Answer failure(wire::Rcode rcode, std::optional<wire::ExtendedError> error) {
  Answer answer;
  answer.rcode = rcode;
  if (error) answer.errors.push_back(std::move(*error));
  return answer;
}

}  // namespace

QueryService::QueryService(Surroundings surroundings, ServingPtr serving, std::size_t rendered_bytes,
                           std::uint64_t hash_seed)
    : around_(surroundings),
      serving_(std::move(serving)),
      rendered_(rendered_bytes, hash_seed),
      refusals_(hash_seed),
      bursts_(hash_seed),
      waiting_(hash_seed),
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
  const bool is_allowed = policy::allowed(settings.policy.allow, path.peer.address);
  const auto admitted = admit(query_, is_allowed);
  if (!is_allowed && !may_refuse(path)) return {};
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

// A stream proves its client's address.
bool QueryService::may_refuse(const ReplyPath& path) {
  if (path.transport == ClientTransport::Tcp) return true;
  if (refusals_.allows(upstream::client_id(path.peer.address), around_.network.now())) return true;
  ++statistics_.silent;
  ++statistics_.held_back;
  return false;
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
  if (const auto local = make_local_answer(pending)) {
    ++statistics_.local;
    return answer_now(*local, path, out);
  }
  switch (waiting_.room_for(pending)) {
    case WaitingQueries::Room::Free:
      break;
    case WaitingQueries::Room::None:
      return refuse_to_wait(path, out);
    case WaitingQueries::Room::Repeated:
      ++statistics_.silent;
      ++statistics_.repeated;
      return {};
  }
  ++statistics_.pending;
  tasks_.spawn(serve(std::move(pending)));
  return {Handled::Later, 0};
}

HandleResult QueryService::refuse_to_wait(const ReplyPath& path, wire::BytesSpan out) {
  ++statistics_.overloads;
  if (is_forgeable(path) && !may_refuse(path)) return {};
  return answer_now(
      failure(wire::Rcode::ServFail, wire::ExtendedError{wire::Ede::NotReady, "too many queries waiting"}),
      path, out);
}

Task<void> QueryService::serve(PendingQuery pending) {
  const WaitingQueries::Place place(waiting_, pending);
  policy::Applied applied;
  const auto found = co_await make_answer(around_, pending, applied);
  for (std::size_t i = 0; i < statistics_.rewrites.size(); ++i) {
    if (applied.has(static_cast<policy::Rewriter>(i))) ++statistics_.rewrites[i];
  }
  if (applied.any() && around_.details != nullptr) {
    around_.details->line(around_.network.now(), [&] {
      return rewriting_details(pending.question, pending.path.peer.address, applied);
    });
  }
  finish(pending, found);
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
  send_within_limits(pending, found.answer.rcode, packet);
}

void QueryService::send_within_limits(const PendingQuery& pending, wire::Rcode rcode,
                                      wire::BytesView packet) {
  const auto& path = pending.path;
  const auto now = around_.network.now();
  if (!is_forgeable(path) || bursts_.allows_whole(pending.client(), packet.size(), now)) {
    return path.sink->send(path, packet);
  }
  ++statistics_.cut;
  const auto truncated =
      packet.first(write_truncated_reply(rcode, pending.question_bytes, pending.form, scratch_));
  if (truncated.empty() || !bursts_.allows_truncated(pending.client(), truncated.size(), now)) {
    return path.sink->abandon(path);
  }
  path.sink->send(path, truncated);
}

void QueryService::refresh(std::size_t profile) {
  // A prefetch validates, so it cannot renew the unvalidated data of a client with CD.
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
