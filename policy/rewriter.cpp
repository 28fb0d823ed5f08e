#include "policy/rewriter.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "policy/steps.hpp"

namespace shirube::policy {
namespace {

using wire::Ede;
using wire::Type;

struct Description {
  std::string_view counter;
  std::string_view reason;
};
constexpr std::array<Description, static_cast<std::size_t>(Rewriter::kCount)> kDescriptions{{
    {"rewrite_any_fit", "ANY answered with a subset that fits"},
    {"rewrite_rebinding", "private address in a public name withheld"},
    {"rewrite_ipv4_only_address", "AAAA withheld: this client is served IPv4 only"},
    {"rewrite_ipv4_only_hint", "ipv6hint withheld: this client is served IPv4 only"},
    {"rewrite_ipv4_only_target", "hosts without IPv4 address withheld: this client is served IPv4 only"},
    {"rewrite_fit_512", "best records kept: this client reads no more than 512 bytes"},
    {"rewrite_mx_additional", "addresses of the hosts added"},
}};

const Description& describe(Rewriter rewriter) {
  return kDescriptions.at(static_cast<std::size_t>(rewriter));
}

struct Step {
  Rewriter rewriter;
  bool Rewrites::* wish;
  Change (*apply)(const Job&);
  Ede ede;
};
// Withhold first, so that what is useless takes no room; cut next; add last, into the room that is left.
constexpr std::array kSteps{
    Step{Rewriter::Ipv4OnlyAddress, &Rewrites::ipv4_only, withhold_aaaa, Ede::Filtered},
    Step{Rewriter::Ipv4OnlyHint, &Rewrites::ipv4_only, strip_ipv6_hints, Ede::Filtered},
    Step{Rewriter::Ipv4OnlyTarget, &Rewrites::ipv4_only, drop_ipv6_only_targets, Ede::Filtered},
    Step{Rewriter::Fit512, &Rewrites::fit_512, fit_512, Ede::Filtered},
    Step{Rewriter::MxAdditional, &Rewrites::mx_additional, add_target_addresses, Ede::Other},
};

// Keys, signatures, proofs of them, and what programs check word for word: a change would not help but break.
constexpr std::array kProtected{Type::TLSA,    Type::SMIMEA, Type::OPENPGPKEY, Type::SSHFP,
                                Type::CERT,    Type::DS,     Type::DNSKEY,     Type::CDS,
                                Type::CDNSKEY, Type::RRSIG,  Type::NSEC,       Type::NSEC3,
                                Type::CAA,     Type::TXT,    Type::SPF,        Type::NSEC3PARAM};

bool may_rewrite(const wire::Question& question, const wire::Answer& answer, const ClientView& client) {
  return !client.dnssec_ok && !is_failure(answer) && question.klass == wire::Class::IN &&
         std::ranges::find(kProtected, question.type) == kProtected.end();
}

}  // namespace

std::string_view counter_name(Rewriter rewriter) { return describe(rewriter).counter; }

std::string_view reason(Rewriter rewriter) { return describe(rewriter).reason; }

bool is_failure(const wire::Answer& answer) {
  return answer.rcode != wire::Rcode::NoError && answer.rcode != wire::Rcode::NxDomain;
}

void mark_rewritten(Rewriter rewriter, Ede code, const ClientView& client, wire::Answer& answer,
                    Applied& applied) {
  applied.set(rewriter);
  answer.authentic = false;
  if (client.edns) answer.errors.push_back({.code = code, .text = std::string(reason(rewriter))});
}

void rewrite(const wire::Question& question, wire::Answer& answer, std::span<const Fact> facts,
             const ClientView& client, Applied& applied) {
  if (!may_rewrite(question, answer, client)) return;
  const Job job{.question = question, .answer = answer, .facts = facts, .client = client};
  for (const Step& step : kSteps) {
    if (!(client.rewrites.*step.wish)) continue;
    switch (step.apply(job)) {
      case Change::None:
        break;
      case Change::Additional:
        applied.set(step.rewriter);
        break;
      case Change::Content:
        mark_rewritten(step.rewriter, step.ede, client, answer, applied);
        break;
    }
  }
}

}  // namespace shirube::policy
