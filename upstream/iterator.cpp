#include "upstream/iterator.hpp"

#include <algorithm>
#include <unordered_map>

#include "upstream/chain_storage.hpp"
#include "upstream/minimiser.hpp"
#include "wire/zone_cut.hpp"

namespace shirube::upstream {
namespace {

using wire::Name;
using wire::Question;

// How long a delegation that has just been learnt is not asked for again because its servers fail.
constexpr wire::Duration kDelegationStays = std::chrono::seconds{1};

[[nodiscard]] AnswerChain denied(const Question& question, AnswerChain of_ancestor) {
  of_ancestor.end = question.name;
  return of_ancestor;
}

// A top-level domain denied by the root itself, not by a zone that stands on the same server.
[[nodiscard]] bool is_word_of_the_root(const AnswerChain& chain, const Name& name) {
  return name.label_count() == 1 && !chain.proof.empty() && chain.proof.front().type == wire::Type::SOA &&
         chain.proof.front().owner.is_root();
}

[[nodiscard]] bool is_signed_denial(const AnswerChain& chain) {
  return std::ranges::any_of(chain.proof, [](const wire::RRset& rrset) {
    return rrset.type != wire::Type::SOA && !rrset.signatures.empty();
  });
}

[[nodiscard]] std::optional<AnswerChain> glue_for(const Referral& referral, const Question& question) {
  for (const auto& rrset : referral.glue) {
    if (rrset.type != question.type || !(rrset.owner == question.name)) continue;
    AnswerChain chain;
    chain.kind = ChainEnd::Data;
    chain.end = question.name;
    chain.data.push_back(rrset);
    chain.is_glue = true;
    return chain;
  }
  return std::nullopt;
}

// Is the step likely to bring a referral, from which other walks gain whatever type they are after? Nearly
// all that the root and the top-level domains hold is delegations.
[[nodiscard]] bool leads_down(const MinimisedStep& step, const Delegation& zone) {
  return !step.whole || zone.zone.label_count() <= 1;
}

// May the caller get a denial that only its proof speaks for? A caller for Answer or Proof validates it, or
// its client does (CD). An address of a server is used without validation.
[[nodiscard]] bool takes_unproven(const WalkContext& context) {
  return context.is_validated() && (context.purpose == Purpose::Answer || context.purpose == Purpose::Proof);
}

// One walk: where it stands, and what it decides between two questions.
class Walker final : public ParentZone {
 public:
  Walker(const WalkContext& context, const Question& question)
      : Walker(context, question, wire::name_above_cut(question)) {}
  // Begins at the nearest known zone cut at or above `start`.
  Walker(const WalkContext& context, Question question, const Name& start)
      : context_(context),
        question_(std::move(question)),
        minimiser_(question_, context.minimises),
        zone_(delegation_above(start)) {}

  [[nodiscard]] const Delegation& zone() const { return zone_; }
  [[nodiscard]] AddressAllowance& allowance() { return allowances_[zone_.zone]; }
  [[nodiscard]] MinimisedStep next_step();
  void count() { minimiser_.count(); }
  // The servers of zone() are asked from now on.
  void begin_asking() { asks_since_ = now(); }
  // The parent names just those servers that have failed.
  [[nodiscard]] bool is_back_where_it_failed() const {
    return asked_parent_again_ && failed_.zone == zone_.zone && failed_.servers == zone_.servers;
  }
  // From the nearest zone cut that is known by now.
  void begin_again() {
    auto known = delegation_above(wire::name_above_cut(question_));
    // Its servers have failed: the parent is being asked for others.
    if (asked_parent_again_ && known.zone == failed_.zone && known.servers == failed_.servers) return;
    // A delegation that must not be kept (TTL 0) is in no cache: never back up.
    if (known.zone.is_within(zone_.zone)) zone_ = std::move(known);
  }
  // The answer to the whole question, or nullopt: the walk goes on.
  [[nodiscard]] std::optional<AnswerChain> take(ZoneReply reply, const MinimisedStep& step);
  // Asks the whole question from now on. False: this step was the whole question, or the budget is spent.
  [[nodiscard]] bool gives_up_shortening(const Failure& failure, const MinimisedStep& step);
  // Can the walk continue in another way after these servers have failed?
  [[nodiscard]] bool recover(const Failure& failure, const MinimisedStep& step);

  // ParentZone, of zone().
  [[nodiscard]] bool may_be_asked() const override {
    // Not if the delegation was less than kDelegationStays old when its servers were asked.
    return !asked_parent_again_ && !zone_.zone.is_root() && asks_since_ - zone_.learnt >= kDelegationStays;
  }
  [[nodiscard]] Task<std::expected<bool, Failure>> names_others() override;

 private:
  [[nodiscard]] wire::Instant now() const { return context_.zone.ask.network.now(); }
  [[nodiscard]] Delegation delegation_above(const Name& name) const;
  // The cache has a newer delegation of this zone than the one that the walk uses.
  [[nodiscard]] bool is_news(const Delegation& known) const {
    return known.zone == zone_.zone && known.learnt > zone_.learnt;
  }
  [[nodiscard]] std::optional<cache::Kind> known_kind(const Question& question) const;
  void descend(const Referral& referral);
  [[nodiscard]] std::optional<AnswerChain> take_shortened(AnswerChain chain, const Question& step);

  WalkContext context_;
  Question question_;
  Minimiser minimiser_;
  Delegation zone_;
  std::unordered_map<Name, AddressAllowance, wire::NameHash> allowances_;  // of the zones on the way
  wire::Instant asks_since_{};
  bool asked_parent_again_ = false;
  Delegation failed_;  // whose servers all failed before that
};

Delegation Walker::delegation_above(const Name& name) const {
  const Tree tree(context_.zone.settings, context_.route);
  if (auto known = closest_delegation(context_.cache, tree, name, now())) return std::move(*known);
  const auto* stub = tree.stub();
  if (stub == nullptr) return root_hints(context_.zone.settings);
  return {{}, stub->zone, {}, stub->servers};
}

// Names that the cache knows to exist need not be asked about.
MinimisedStep Walker::next_step() {
  for (;;) {
    auto step = minimiser_.next(zone_.zone.label_count());
    if (step.whole) return step;
    const auto kind = known_kind(step.question);
    if (!kind) return step;
    if (*kind == cache::Kind::NxDomain) {
      minimiser_.give_up();
    } else {
      minimiser_.exists(step.question.name);
    }
  }
}

// What the cache knows of the name: by the type that is asked for, or that it is an alias.
std::optional<cache::Kind> Walker::known_kind(const Question& question) const {
  for (const auto type : {question.type, wire::Type::CNAME}) {
    const auto found = context_.cache.find({question.name, type, context_.unjudged}, now());
    if (!found || found->freshness != cache::Freshness::Fresh) continue;
    const auto rank = found->entry->rank;
    if (rank < cache::Rank::UncheckedAnswer && rank != cache::Rank::Doubtful) continue;
    const auto kind = found->entry->kind;
    const bool tells = type == question.type ? kind != cache::Kind::Failure : kind == cache::Kind::Data;
    if (tells) return kind;
  }
  return std::nullopt;
}

std::optional<AnswerChain> Walker::take(ZoneReply reply, const MinimisedStep& step) {
  if (const auto* referral = std::get_if<Referral>(&reply.verdict)) {
    descend(*referral);
    return context_.purpose == Purpose::ServerAddress ? glue_for(*referral, question_) : std::nullopt;
  }
  const Purview purview(context_.zone.settings, context_.route, zone_.zone);
  auto chain = follow_chain(std::move(reply.answer), step.question, purview);
  chain.source = reply.source;
  chain.zone = zone_.zone;
  chain.only_if_proven = std::holds_alternative<ProvenDenial>(reply.verdict);
  chain.is_bare = std::holds_alternative<BareDenial>(reply.verdict);
  chain.in_doubt = reply.case_doubt != CaseDoubt::None;
  if (step.whole) {
    limit_doubtful(chain);
    return chain;
  }
  return take_shortened(std::move(chain), step.question);
}

void Walker::descend(const Referral& referral) {
  if (Tree(context_.zone.settings, context_.route).holds(referral.servers.owner))
    context_.cache.store_delegation(
        referral.servers, context_.is_validated() ? referral.beside() : referral.glue, zone_.expires, now());
  const auto own_end = now() + wire::Seconds{referral.servers.ttl};
  zone_ = to_delegation(referral.servers, referral.glue, {now(), std::min(own_end, zone_.expires)});
}

std::optional<AnswerChain> Walker::take_shortened(AnswerChain chain, const Question& step) {
  const bool missing = chain.kind == ChainEnd::NxDomain && chain.aliases.empty();
  if (missing && is_word_of_the_root(chain, step.name)) {
    // Whoever validates takes the proof for the whole name.
    if (!context_.is_validated()) context_.cache.store_subtree_denial(step.name, chain.proof, now());
    return denied(question_, std::move(chain));
  }
  if (missing && context_.will_be_judged && is_signed_denial(chain)) {
    chain.of_ancestor = true;
    return denied(question_, std::move(chain));
  }
  const auto rank = chain.in_doubt ? cache::Rank::Doubtful : cache::Rank::AuthoritativeAnswer;
  store_chain(context_.cache, chain, step.type, {rank, context_.unjudged}, now());
  if (missing) {
    minimiser_.give_up();
  } else {
    minimiser_.exists(step.name);
  }
  return std::nullopt;
}

bool Walker::gives_up_shortening(const Failure& failure, const MinimisedStep& step) {
  if (failure.out_of_budget || step.whole) return false;
  minimiser_.give_up();
  return true;
}

bool Walker::recover(const Failure& failure, const MinimisedStep& step) {
  if (gives_up_shortening(failure, step)) return true;
  if (failure.out_of_budget || asked_parent_again_ || zone_.zone.is_root()) return false;
  auto known = delegation_above(wire::name_above_cut(question_));
  const bool has_news = is_news(known);
  const bool knows_others = has_news && upstream::names_others(zone_, known);
  if (!knows_others && !may_be_asked()) return false;
  asked_parent_again_ = true;
  failed_ = zone_;
  zone_ = has_news ? std::move(known) : delegation_above(zone_.zone.parent());
  return true;
}

// The delegation of `zone` as the parent has it now. nullopt: the parent denies the zone, or answers for it,
// with authority. All references must outlive the task.
Task<std::expected<std::optional<Delegation>, Failure>> ask_for_delegation(WalkContext context, Name zone) {
  using Result = std::expected<std::optional<Delegation>, Failure>;
  Walker walker(context, {zone, wire::Type::A}, zone.parent());
  Failure failure;
  for (;;) {
    const auto step = walker.next_step();
    if (!step.whole) walker.count();
    const auto persistence = step.whole ? Persistence::AllServers : Persistence::FirstWord;
    auto reply =
        co_await ask_zone(context.zone, walker.zone(), walker.allowance(), step.question, persistence);
    if (!reply) {
      const bool goes_on = walker.gives_up_shortening(reply.error(), step);
      failure.add(reply.error());
      if (!goes_on) co_return Result(std::unexpect, std::move(failure));
      continue;
    }
    const bool is_its_word =
        std::holds_alternative<AuthorityAnswer>(reply->verdict) && reply->case_doubt == CaseDoubt::None;
    const auto answer = walker.take(std::move(*reply), step);
    if (walker.zone().zone == zone) co_return Result(walker.zone());
    if (!answer) continue;
    // What is in the parent's cache says nothing about the delegation.
    if (!is_its_word) co_return Result(std::unexpect, std::move(failure));
    co_return Result(std::nullopt);
  }
}

// Leaves asked_parent_again_ false if other servers are named: recover() then goes to them.
Task<std::expected<bool, Failure>> Walker::names_others() {
  using Result = std::expected<bool, Failure>;
  // Another walk may have asked since this one began.
  const auto known = delegation_above(zone_.zone);
  if (is_news(known)) {
    asked_parent_again_ = !upstream::names_others(zone_, known);
    co_return Result(!asked_parent_again_);
  }
  auto asked = ask_for_delegation(context_, zone_.zone);
  auto named = co_await asked;
  bool others = false;
  if (named) {
    const auto& delegation = *named;
    others = !delegation || upstream::names_others(zone_, *delegation);
  }
  asked_parent_again_ = !others;
  if (!named) co_return Result(std::unexpect, std::move(named.error()));
  co_return Result(others);
}

}  // namespace

Delegation root_hints(const UpstreamSettings& settings) {
  Delegation root;
  for (const auto& server : settings.root_hints) root.servers.push_back({server.name, server.addresses});
  return root;
}

Task<std::expected<AnswerChain, Failure>> walk(WalkContext context, Question question) {
  using Result = std::expected<AnswerChain, Failure>;
  Walker walker(context, question);
  Failure failure;
  std::optional<Name> waited_for;
  for (;;) {
    const auto step = walker.next_step();
    const bool shared = leads_down(step, walker.zone());
    // Another walk may take this step with another type at this moment; its result is then in the cache. For
    // the same question ask_zone() waits.
    if (shared && waited_for != step.question.name &&
        !context.zone.asks.is_under_way(key_of_ask(context.zone, walker.zone(), step.question))) {
      waited_for = step.question.name;
      const bool waited = co_await context.zone.host.wait_for_step(walker.zone().zone, step.question.name);
      if (waited) {
        walker.begin_again();
        continue;
      }
    }
    std::unique_ptr<WalkHost::Step> turn;
    if (!step.whole) walker.count();
    if (shared) turn = context.zone.host.begin_step(walker.zone().zone, step.question.name);
    const auto persistence = step.whole ? Persistence::AllServers : Persistence::FirstWord;
    walker.begin_asking();
    auto zone_context = context.zone;
    if (step.whole) zone_context.parent = &walker;
    auto reply =
        co_await ask_zone(zone_context, walker.zone(), walker.allowance(), step.question, persistence);
    if (!reply) {
      const bool goes_on = walker.recover(reply.error(), step);
      failure.add(reply.error());
      if (!goes_on) co_return Result(std::unexpect, std::move(failure));
      continue;
    }
    auto answer = walker.take(std::move(*reply), step);
    if (answer && answer->only_if_proven && !takes_unproven(context)) {
      failure.add({answer->zone, answer->source.server, Misbehaviour::NotAuthoritative});
      co_return Result(std::unexpect, std::move(failure));
    }
    if (answer) co_return Result(std::move(*answer));
    if (walker.is_back_where_it_failed()) co_return Result(std::unexpect, std::move(failure));
  }
}

}  // namespace shirube::upstream
