// The walk: from the nearest known zone cut down to the servers of the zone that holds a name, and their
// answer.
// Threads:  the loop of the Network.
// Errors:   Failure: which server of which zone said what.
// Source:   RFC 1034 §5.3.3; minimised names RFC 9156; NXDOMAIN of an ancestor RFC 8020, believed of the root
//           only: elsewhere servers that deny empty non-terminals are many, and nothing proves who is one.
// Rules:    each referral leads to a zone with more labels, so that every walk ends. When all servers of a
//           delegation out of the cache fail, its parent is asked again, once, unless it was asked a
//           moment ago: the zone may have moved. It is asked earlier, beside these servers, if some of
//           them do not serve the zone any more and the others are silent.
#pragma once

#include "cache/answer_cache.hpp"
#include "upstream/answer_chain.hpp"
#include "upstream/lookup.hpp"
#include "upstream/zone_query.hpp"

namespace shirube::upstream {

struct WalkContext {
  ZoneContext zone;
  cache::AnswerCache& cache;
  Route route;  // Stub or Walk
  Purpose purpose = Purpose::Answer;
  // Where what nobody has judged is kept.
  cache::View unjudged = cache::View::Checked;
  bool minimises = true;
  bool will_be_judged = false;  // whoever asked validates the answer
  [[nodiscard]] bool is_validated() const { return unjudged == cache::View::Unchecked; }
};

// To whom validates it a signed denial of a name above is the answer too; it then says so (`of_ancestor`).
// For Purpose::ServerAddress glue of a referral will do; the chain then says so.
// Stores on the way what the zones above say: delegations, and what shortened names brought. The answer
// itself is the caller's to store. All references must outlive the task.
[[nodiscard]] Task<std::expected<AnswerChain, Failure>> walk(WalkContext context, wire::Question question);

// The root's servers as its own hints name them.
[[nodiscard]] Delegation root_hints(const UpstreamSettings& settings);

}  // namespace shirube::upstream
