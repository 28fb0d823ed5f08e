// Answers for resolvers of before EDNS that cannot read more than 512 bytes, by TCP neither (unpatched qmail,
// which then defers the mail for ever): the best records, as many as fit, without TC. Source:   this breaks
// RFC 2181 §9 on purpose and so is for clients that are known to need it.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "policy/fitting.hpp"
#include "policy/steps.hpp"
#include "policy/targets.hpp"

namespace shirube::policy {
namespace {

using wire::RRset;
using wire::Section;
using wire::Type;

constexpr Frame kFrame{.limit = wire::kPlainUdpSize, .edns = false, .with_signatures = false};

// Types of which a part is still of use: any one address, server or mail host will do.
constexpr std::array kCuttable{Type::MX, Type::A, Type::AAAA, Type::NS, Type::SRV};

RRset without_records(const RRset& rrset) {
  return {.owner = rrset.owner,
          .type = rrset.type,
          .klass = rrset.klass,
          .ttl = rrset.ttl,
          .rdatas = {},
          .signatures = {}};
}

// The best of `rrset` that still fits into `message`. The first that does not fit ends it: no worse record in
// place of a better one, except that one too long must not keep out all.
RRset best_of(const RRset& rrset, Fitting& message) {
  RRset kept = without_records(rrset);
  RRset single = without_records(rrset);
  for (const wire::BytesView rdata : best_first(rrset)) {
    single.rdatas = {};
    single.rdatas.add(rdata);
    if (message.add(Section::Answer, single)) {
      kept.rdatas.add(rdata);
    } else if (!kept.rdatas.empty()) {
      break;
    }
  }
  return kept;
}

// The CNAMEs in front; nullopt when they alone fill the message. Half a chain would read as "no such data".
std::optional<std::vector<RRset>> whole_chain(const std::vector<RRset>& answer, Fitting& message) {
  std::vector<RRset> chain;
  for (const RRset& rrset : answer) {
    if (rrset.type != Type::CNAME && rrset.type != Type::DNAME) continue;
    if (!message.add(Section::Answer, rrset)) return std::nullopt;
    chain.push_back(rrset);
  }
  return chain;
}

// A denial needs its SOA where it fits (RFC 2308 §3).
std::vector<RRset> fitting_soa(const std::vector<RRset>& authority, Fitting& message) {
  std::vector<RRset> kept;
  for (const RRset& rrset : authority) {
    if (rrset.type == Type::SOA && message.add(Section::Authority, rrset)) kept.push_back(rrset);
  }
  return kept;
}

}  // namespace

Change fit_512(const Job& job) {
  if (job.client.edns || std::ranges::find(kCuttable, job.question.type) == kCuttable.end())
    return Change::None;
  if (rendered_size(job.question, job.answer, kFrame)) return Change::None;

  Fitting message(job.question, kFrame);
  auto kept = whole_chain(job.answer.answer, message);
  if (!kept) return Change::None;
  const std::size_t chain_length = kept->size();
  for (const RRset& rrset : job.answer.answer) {
    if (rrset.type != job.question.type) continue;
    RRset best = best_of(rrset, message);
    if (!best.rdatas.empty()) kept->push_back(std::move(best));
  }
  const bool positive = holds(job.answer, job.question.type);
  if (positive && kept->size() == chain_length) return Change::None;  // not one record fits behind the chain

  job.answer.answer = std::move(*kept);
  job.answer.authority = positive ? std::vector<RRset>{} : fitting_soa(job.answer.authority, message);
  job.answer.additional.clear();
  return Change::Content;
}

}  // namespace shirube::policy
