// TrustHost: what the chain of trust needs of the lookup that it is built for: DS and DNSKEY as they come,
// unjudged, and not to do what another lookup is doing just now.
// Threads:  one loop.
#pragma once

#include <expected>
#include <memory>
#include <vector>

#include "upstream/budget.hpp"
#include "upstream/failure.hpp"
#include "upstream/network.hpp"
#include "upstream/source.hpp"
#include "upstream/task.hpp"
#include "wire/answer.hpp"

namespace shirube::upstream {

// Who has sent something that did not validate: others are asked first, and the cache is not.
struct Distrust {
  bool of_cache = false;
  std::vector<wire::Endpoint> servers = {};
  void add(const Source& source) {
    of_cache = true;
    if (source.is_known()) servers.push_back(source.server);
  }
};

class TrustHost {
 public:
  virtual ~TrustHost() = default;

  [[nodiscard]] virtual Network& network() = 0;
  [[nodiscard]] virtual Budget& budget() = 0;

  struct Heard {
    wire::Answer answer = {};
    Source source = {};  // unknown: from memory
  };
  // The answer as a server gives it, with its signatures. An alias is not followed.
  [[nodiscard]] virtual Task<std::expected<Heard, Failure>> fetch(wire::Question question,
                                                                  Distrust distrust) = 0;
  // A server that is asked without EDNS cannot send signatures: it gets another chance to take it. False: it
  // was asked with it.
  virtual bool ask_with_edns_again(const Source& source) = 0;
  // A DNSKEY or DS RRset turned out to be secure: clients may have it too.
  virtual void keep(const wire::RRset& validated, wire::Instant signed_until) = 0;
  // The verdict on a zone, and the one that was remembered of it before; nullptr: none was.
  virtual void found(const wire::Name& zone, const dnssec::Verdict* before, const dnssec::Verdict& now) = 0;
  // DS, NSEC and NSEC3 that came along with the parent's referral to the zone; empty: none that still hold.
  [[nodiscard]] virtual std::vector<wire::RRset> referral_proof(const wire::Name& zone) const = 0;
  // A referral to this very zone was met.
  [[nodiscard]] virtual bool knows_cut(const wire::Name& zone) const = 0;

  // Establishing the trust in a zone. It ends with the token.
  class Turn {
   public:
    Turn() = default;
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    virtual ~Turn() = default;
  };
  [[nodiscard]] virtual std::unique_ptr<Turn> begin_turn(const wire::Name& zone) = 0;
  // Waits while another lookup establishes it. False: none does, or that lookup waits for this one.
  [[nodiscard]] virtual Task<bool> wait_for_turn(wire::Name zone) = 0;
};

}  // namespace shirube::upstream
