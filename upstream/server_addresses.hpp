// ServerAddresses: which of a delegation's servers can be asked at which address, and whose address should be
// looked up next.
// Threads:  one owner.
// Rules:    see zone_query.hpp. Over IPv6 nobody is asked, and no AAAA looked up, while there is no route.
#pragma once

#include <deque>

#include "upstream/zone_query.hpp"

namespace shirube::upstream {

class ServerAddresses {
 public:
  // All references must outlive it.
  ServerAddresses(const ZoneContext& context, const Delegation& zone, AddressAllowance& allowance);

  // What is still under way when the question has its answer was not in vain: it may be begun again.
  ~ServerAddresses() { allowance_.failed += under_way_; }
  ServerAddresses(const ServerAddresses&) = delete;
  ServerAddresses& operator=(const ServerAddresses&) = delete;

  // Puts into the race what has been found since the last time.
  void enter(ServerRace& race);

  struct Wanted {
    wire::Name server;
    wire::Type type = wire::Type::A;
  };
  // The next address to look up; nullopt: none, or not before those under way are back.
  [[nodiscard]] std::optional<Wanted> next_lookup();
  // How a lookup ended; the obstacle that it leaves when it gave nothing that may be asked, and nothing more
  // is known or looked up of the server.
  [[nodiscard]] std::optional<Obstacle> found(const Wanted& wanted,
                                              const std::vector<wire::Address>& addresses);
  // It failed: so would a lookup of the server's other addresses.
  void failed(const wire::Name& server);

  [[nodiscard]] bool looks_up() const { return under_way_ > 0; }
  // Why none of the known addresses can be asked; nullopt: one can, or none is known.
  [[nodiscard]] std::optional<Obstacle> obstacle() const;

 private:
  [[nodiscard]] bool reachable(wire::Family family) const;
  bool keep(const std::vector<wire::Address>& addresses);

  const ZoneContext& context_;
  const Delegation& zone_;
  std::vector<wire::Address> addresses_;  // may be asked, if there is a route
  std::deque<Wanted> wanted_;
  AddressAllowance& allowance_;
  unsigned under_way_ = 0;
  std::size_t entered_ = 0;  // of addresses_
  bool by_hand_entered_ = false;
  bool saw_forbidden_ = false;
  std::vector<wire::Name> located_;  // servers whose lookup gave an address
};

}  // namespace shirube::upstream
