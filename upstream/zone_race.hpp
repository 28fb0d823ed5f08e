// One race of a zone's servers, with the lookups of their addresses, and with the parent.
// Threads:  the loop of the Network.
// Errors:   failure(), when the race is over without a reply.
// Rules:    those of zone_query.hpp.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <variant>
#include <vector>

#include "upstream/inbox.hpp"
#include "upstream/server_addresses.hpp"
#include "upstream/zone_query.hpp"

namespace shirube::upstream {

struct AddressLookup {
  ServerAddresses::Wanted wanted;
  std::expected<std::vector<wire::Address>, Failure> result;
};
// A server that had been late was asked something else.
struct Probed {};
// The parent was asked for the delegation.
struct ParentSaid {
  std::expected<bool, Failure> names_others;
};
using ZoneEvent = std::variant<Attempted, Hindered, AddressLookup, Probed, ParentSaid>;

// The race for one question with all that is under way for it: queries, lookups of addresses, a probe, a
// question to the parent. ask_zone() waits, and gives each event to it.
class ZoneRace {
 public:
  // All references must outlive the race.
  ZoneRace(const ZoneContext& context, const Delegation& zone, AddressAllowance& allowance,
           const wire::Question& question, Persistence persistence);

  // Asks the next server, and looks up missing addresses. False: no server is left.
  [[nodiscard]] bool go_on();
  [[nodiscard]] Inbox<ZoneEvent>::Next next() { return inbox_.next(limit_); }
  // No event came in time. True: the race keeps waiting.
  [[nodiscard]] bool waits_on();
  // Handles one event. Returns the reply that ends the race; nullopt: the race goes on.
  [[nodiscard]] std::optional<ZoneReply> take(ZoneEvent event);
  // No event came in time. False: the time of the lookup is up.
  [[nodiscard]] bool take_silence();
  // A shortened question gets no more tries if a server refuses it, or drops it but answers other questions:
  // some servers and firewalls drop unexpected queries. A slow server is not a reason.
  [[nodiscard]] bool gives_up() const {
    return shortened_ && (race_.heard_refusal() || (race_.is_late() && race_.answers_others()));
  }
  // The parent named other servers: the servers of this race are no longer asked.
  [[nodiscard]] bool has_moved() const { return parent_ == Parent::NamesOthers; }
  // The kept answer, when no better one can be expected.
  [[nodiscard]] std::optional<ZoneReply> settle();
  // The kept answer, even if a better one may still come.
  [[nodiscard]] std::optional<ZoneReply> take_kept();
  void probe_patiently() {
    if (auto query = race_.patient_probe()) context_.host.probe_patiently(std::move(*query));
  }
  [[nodiscard]] Failure failure();

 private:
  enum class Parent : std::uint8_t { NotAsked, Asked, NamesOthers, NamesThese, Failed };
  struct Kept {
    ZoneReply reply;
    std::size_t server = 0;
    bool looks_further = true;  // an address that is still to be found may belong to a better server
    wire::Instant until{};
  };
  [[nodiscard]] std::optional<ZoneReply> take_reply(Attempted got);
  void keep(std::size_t server, ZoneReply reply);
  [[nodiscard]] Doubt doubt() const;
  void look_up();
  void probe_if_late();
  void ask_parent_if_hopeless();
  void take_parent(ParentSaid said);
  [[nodiscard]] bool looks_again() const;
  void limit_to(wire::Instant limit) { limit_ = std::min(limit_, limit); }

  const ZoneContext& context_;
  const Delegation& zone_;
  const wire::Question& question_;
  bool shortened_;
  ServerRace race_;
  ServerAddresses addresses_;
  std::optional<Kept> kept_;
  Inbox<ZoneEvent> inbox_;
  std::optional<std::size_t> asked_;  // by the last go_on()
  bool late_ = false;
  bool may_ask_ = true;
  bool probed_ = false;
  Parent parent_ = Parent::NotAsked;
  wire::Instant limit_{};
  TaskSet tasks_;  // last: its tasks use all of the above
};

}  // namespace shirube::upstream
