// Delegation: a zone cut as its parent tells of it: who serves the zone, and at which addresses.
// Threads:  values; reading the cache as AnswerCache says.
// Units:    Instants of the Network's clock.
// Rules:    what a referral says is believed only for the cut that was asked for (CVE-2025-11411): an NS RRset
//           strictly below the zone of the server and holding the asked name, with addresses of just these
//           servers that lie inside the server's own zone (RFC 9471 §2, RFC 2181 §5.4.1: glue finds servers
//           and answers nobody). A child's own NS RRset never takes part, so that it cannot prolong what its
//           parent has revoked.
#pragma once

#include <optional>
#include <vector>

#include "cache/answer_cache.hpp"
#include "upstream/route.hpp"
#include "wire/answer.hpp"
#include "wire/message.hpp"

namespace shirube::upstream {

// Bound what one delegation can make us do (NXNS CVE-2020-12662, NRDelegation CVE-2022-3204, big glue
// CVE-2026-3592).
inline constexpr std::size_t kMaxNameServers = 13;
inline constexpr std::size_t kMaxAddressesPerServer = 4;

struct NameServer {
  wire::Name name = {};
  std::vector<wire::Address> addresses = {};  // glue; without any the name has to be looked up
  friend bool operator==(const NameServer&, const NameServer&) = default;
};

struct Validity {
  wire::Instant learnt = wire::Instant::max();  // the far future: configured, not learnt
  wire::Instant expires = wire::Instant::max();
};

struct Delegation : Validity {
  wire::Name zone = {};
  std::vector<NameServer> servers = {};
  std::vector<wire::Endpoint> by_hand = {};  // from the configuration: asked whatever do-not-query says
};
// `now` has a server that `before` does not have, or a new address of a server with glue. Parents may return
// only some of the servers, another order, or glue that they left out before: none of this counts.
[[nodiscard]] bool names_others(const Delegation& before, const Delegation& now);

struct Referral {
  wire::RRset servers;
  std::vector<wire::RRset> glue;
  // What the parent says of the zone's keys: its DS, or the NSEC or NSEC3 that deny one; with signatures, not
  // yet checked.
  std::vector<wire::RRset> security = {};
  // All that is kept beside the servers.
  [[nodiscard]] std::vector<wire::RRset> beside() const;
};
// Out of what is kept beside a delegation's servers: `security`, with what is left of its TTL.
[[nodiscard]] std::vector<wire::RRset> security_in(const cache::Entry& delegation, wire::Instant now);

// What `reply`, from a server of `zone`, refers `asked` to; nullopt when it is no referral to anything
// nearer. At most kMaxNameServers are kept, those with glue first, with kMaxAddressesPerServer of each
// family.
[[nodiscard]] std::optional<Referral> read_referral(const wire::Answer& reply, const wire::Question& asked,
                                                    const wire::Name& zone);

// The root's NS RRset and its addresses, out of the answer to a priming query (RFC 9609 §4); signatures stay.
[[nodiscard]] std::optional<Referral> read_priming(const wire::Answer& reply);

// Of an A or AAAA record; nullopt when the RDATA is no address.
[[nodiscard]] std::optional<wire::Address> read_address(wire::Type type, wire::BytesView rdata);

[[nodiscard]] Delegation to_delegation(const wire::RRset& servers, const std::vector<wire::RRset>& glue,
                                       Validity validity);

// The zones between which a walk moves: those below one [[stub]], or those of the public tree. What one tree
// says of a zone does not count in another.
class Tree {
 public:
  // `settings` must outlive it.
  Tree(const UpstreamSettings& settings, Route route)
      : settings_(&settings), stub_(route.kind == RouteKind::Stub ? route.servers : nullptr) {}
  [[nodiscard]] bool holds(const wire::Name& zone) const {
    const auto route = choose_route(*settings_, {zone, wire::Type::NS});
    return (route.kind == RouteKind::Stub ? route.servers : nullptr) == stub_;
  }
  [[nodiscard]] const ZoneServers* stub() const { return stub_; }

 private:
  const UpstreamSettings* settings_;
  const ZoneServers* stub_;
};

// The fresh cached delegation of `name`, or of its nearest ancestor that has one, in the tree, and below the
// stub if the tree has one. nullptr: there is none.
[[nodiscard]] cache::EntryPtr closest_kept_delegation(const cache::AnswerCache& cache, const Tree& tree,
                                                      const wire::Name& name, wire::Instant now);
// The same as a Delegation, with the addresses of its servers.
[[nodiscard]] std::optional<Delegation> closest_delegation(const cache::AnswerCache& cache, const Tree& tree,
                                                           const wire::Name& name, wire::Instant now);

}  // namespace shirube::upstream
