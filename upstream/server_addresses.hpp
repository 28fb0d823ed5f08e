// ServerAddresses: which of a delegation's servers can be asked at which address, and whose address should be
// looked up next.
// Threads:  one owner.
// Rules:    see zone_query.hpp. The address from the server's own zone replaces glue that fails. If all
//           addresses fail, the servers' own zones are asked (RFC 2181 §5.4.1). Without an IPv6 route no
//           query uses IPv6, and no AAAA is looked up.
#pragma once

#include "upstream/zone_query.hpp"

namespace shirube::upstream {

// The lookups of failed addresses in the servers' own zones for one question: bounds the queries that a
// delegation with dead glue causes at other zones (NXNS).
inline constexpr std::size_t kMaxOwnLookups = 6;

// May the known addresses be wrong?
enum class Doubt : std::uint8_t {
  None,
  OfSiblings,  // all failed; a name in the zone itself could be asked only at these same servers
  OfAll,       // all failed for this question, and a server of the zone lives
};

class ServerAddresses {
 public:
  // All references must outlive it.
  ServerAddresses(const ZoneContext& context, const Delegation& zone, AddressAllowance& allowance);

  // What is still under way when the question has its answer was not in vain: it may be begun again.
  ~ServerAddresses() { allowance_.started -= under_way_; }
  ServerAddresses(const ServerAddresses&) = delete;
  ServerAddresses& operator=(const ServerAddresses&) = delete;

  // Puts into the race what has been found since the last time.
  void enter(ServerRace& race);
  // Adds replaced glue to the race. False: none is left.
  [[nodiscard]] bool enter_replaced(ServerRace& race);

  struct Wanted {
    wire::Name server;
    wire::Type type = wire::Type::A;
    AddressSource source = AddressSource::GlueWillDo;
  };
  // The next address to look up; nullopt: none, or not before those under way are back.
  [[nodiscard]] std::optional<Wanted> next_lookup(Doubt doubt);
  // Records the end of a lookup. Returns the obstacle if the server has no address that may be asked, and
  // none is still being looked up.
  [[nodiscard]] std::optional<Obstacle> found(const Wanted& wanted,
                                              const std::vector<wire::Address>& addresses);
  // It failed: so would a lookup of the server's other addresses.
  void failed(const wire::Name& server);

  [[nodiscard]] bool looks_up() const { return under_way_ > 0; }
  // A server without a known address is left, or its lookup is under way.
  [[nodiscard]] bool may_find_more() const;
  // The reason that no known address can be asked; nullopt: one can be asked, or none is known.
  [[nodiscard]] std::optional<Obstacle> obstacle() const;

 private:
  [[nodiscard]] bool reachable(wire::Family family) const;
  [[nodiscard]] bool all_fail(const std::vector<wire::Address>& addresses) const;
  bool replace(const NameServer& server);
  bool keep(const std::vector<wire::Address>& addresses);
  void put_into(ServerRace& race, const wire::Address& address) const;
  // Addresses of names in the zone itself can hardly be found while its servers are silent: those of others
  // go first.
  enum class Which : std::uint8_t { Siblings, All };
  [[nodiscard]] std::optional<Wanted> take_next(std::vector<Wanted>& queue, Which which);
  void doubt(Doubt doubt);

  const ZoneContext& context_;
  const Delegation& zone_;
  std::vector<wire::Address> addresses_;  // may be asked, if there is a route
  std::vector<wire::Address> replaced_;   // glue that failed, of servers with better addresses
  std::vector<Wanted> wanted_;
  std::vector<Wanted> doubted_;  // to be looked up in the servers' own zones
  Doubt doubts_ = Doubt::None;   // the doubt for which `doubted_` was filled
  AddressAllowance& allowance_;
  unsigned under_way_ = 0;
  std::size_t entered_ = 0;  // of addresses_
  bool by_hand_entered_ = false;
  bool saw_forbidden_ = false;
  std::vector<wire::Name> located_;  // servers whose lookup gave an address
  std::vector<wire::Name> lost_;     // servers whose lookup failed
};

}  // namespace shirube::upstream
