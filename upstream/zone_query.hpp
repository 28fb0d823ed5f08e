// Asking the servers of a delegated zone: those with known addresses first, names without one looked up when
// they are needed.
// Threads:  the loop of the Network.
// Errors:   Failure: what each server said, and why the others could not be asked.
// Rules:    addresses are looked up lazily, at most kMaxAddressLookups for one question and zone; more only in
//           the place of those that found nothing (NXNS, CVE-2020-12662). An answer without AA, or a
//           denial whose check failed (decision 016), is taken when no other server is left, or none in good
//           standing has answered within kSloppyPatience.
//           If at least one server is lame and all others are silent, the parent is asked for the delegation
//           beside them, once. If it names others, the race ends at once. If not, the tries continue, so that
//           a slow server is still heard.
#pragma once

#include <algorithm>
#include <expected>

#include "upstream/authority_reply.hpp"
#include "upstream/server_race.hpp"
#include "upstream/settings.hpp"
#include "upstream/shared_asks.hpp"
#include "upstream/source.hpp"
#include "upstream/walk_host.hpp"

namespace shirube::upstream {

// How long an answer without AA waits for a better one of another server. After this the other server is
// known to be slow or down, and the next question does not wait for it.
inline constexpr wire::Duration kSloppyPatience = std::chrono::seconds{1};
inline constexpr unsigned kMaxAddressLookups = 6;
// This many fruitless lookups do not count: a zone may list servers that are gone, but a long list of missing
// names is an attack (NXNS).
inline constexpr unsigned kMaxRefundedLookups = 5;
// Lookups of addresses under way at once for one question and zone.
inline constexpr unsigned kMaxParallelAddressLookups = 2;

struct ZoneReply;
using ZoneAsks = SharedAsks<ZoneReply>;

// The zone above the one whose servers are asked, as a walk knows it.
class ParentZone {
 public:
  virtual ~ParentZone() = default;
  // May it be asked for the delegation once more?
  [[nodiscard]] virtual bool may_be_asked() const = 0;
  // Fetches the delegation from the parent, or takes a newer one that another walk has stored. True: it has a
  // new server or a new address, or the parent no longer delegates the zone. REQUIRES: may_be_asked().
  [[nodiscard]] virtual Task<std::expected<bool, Failure>> names_others() = 0;
};

struct ZoneContext {
  AskContext ask;
  const UpstreamSettings& settings;
  WalkHost& host;
  ZoneAsks& asks;
  LookupPtr asker;
  // Asked beside the servers if the zone may have moved (ServerRace::is_hopeless). nullptr: it is not asked.
  ParentZone* parent = nullptr;
  [[nodiscard]] Budget& budget() const { return *asker->budget; }
};

// Lookups of addresses that one walk has begun for one zone, whatever it asks there and however often.
struct AddressAllowance {
  unsigned started = 0;
  unsigned failed = 0;
  [[nodiscard]] bool left() const {
    return started < kMaxAddressLookups + std::min(failed, kMaxRefundedLookups);
  }
};

struct ZoneReply {
  wire::Answer answer;       // with AuthorityAnswer: what was said
  AuthorityVerdict verdict;  // all but Misbehaviour
  Source source;
  CaseDoubt case_doubt = CaseDoubt::None;
};

// The key refers to its arguments, which must outlive it.
[[nodiscard]] AskKey key_of_ask(const ZoneContext& context, const Delegation& zone,
                                const wire::Question& question);
// The question is in flight once: another caller with the same question gets the same reply. All references
// must outlive the task.
[[nodiscard]] Task<std::expected<ZoneReply, Failure>> ask_zone(const ZoneContext& context,
                                                               const Delegation& zone,
                                                               AddressAllowance& allowance,
                                                               const wire::Question& question,
                                                               Persistence persistence);

}  // namespace shirube::upstream
