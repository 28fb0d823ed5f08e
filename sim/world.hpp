// World: the content of a simulated internet: zones, and the hosts that serve them.
// Threads:  one owner.
// Owns:     the zones; hosts borrow them by index. Copying a World copies all of it: draw one, then vary the
//           copies.
// Errors:   exceptions (std::runtime_error with zone, line and reason) when a zone text does not parse:
//           worlds are made by tests and demo, not by peers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "sim/host.hpp"
#include "sim/zone.hpp"
#include "wire/answer.hpp"
#include "wire/endpoint.hpp"

namespace shirube::sim {

class World {
 public:
  // The index of the new zone, which hosts take.
  std::size_t add_zone(std::string_view apex, std::string_view text);
  std::size_t add_zone(Zone zone);
  // "192.0.2.1", "[2001:db8::1]:5300"; port 53 unless told. Stays valid until the endpoint gets another host.
  Host& add_host(std::string_view endpoint, Role role, std::vector<std::size_t> zones = {});
  // One zone more for the authority at `endpoint`, which is made unless it is there.
  Host& serve(std::string_view endpoint, std::size_t zone);
  // Tells the zone above (that with the longest apex) whom to ask: the NS of the apex, and what addresses the
  // zone itself has for them; its DS if it is signed. REQUIRES: there is a zone above, and the apex has NS.
  void delegate(std::size_t zone);
  // Signs the zone, in whatever order zones are signed and delegated: a zone above that delegates it gets its
  // DS, in place of an older one.
  void sign(std::size_t zone, const Signing& signing = {});
  [[nodiscard]] Host* host(const wire::Endpoint& endpoint);
  [[nodiscard]] Zone& zone(std::size_t index) { return zones_[index]; }
  [[nodiscard]] const std::vector<Zone>& zones() const { return zones_; }
  // The truth: what an ideal recursor answers that walks the delegations, without what proves it; the oracle
  // of tests.
  [[nodiscard]] wire::Answer truth(const wire::Question& question) const;
  // All queries that reached any host, UDP and TCP.
  [[nodiscard]] std::uint64_t queries() const;
  // The bytes that `host` sends back for a query, before the link's faults; empty: silence.
  [[nodiscard]] wire::Bytes respond(const Host& host, wire::BytesView query, bool over_tcp,
                                    std::uint64_t random) const;
  // What `host` would say without its script and its faults: where scripts begin from.
  [[nodiscard]] wire::Answer honest(const Host& host, const wire::Question& question,
                                    Proofs proofs = Proofs::Included) const;

 private:
  [[nodiscard]] wire::Answer look_up(const Host& host, const wire::Question& question, Proofs proofs) const;
  [[nodiscard]] Zone* zone_above(const Zone& zone);
  [[nodiscard]] const Zone* zone_for(const Host& host, const wire::Question& question) const;

  std::vector<Zone> zones_;
  std::map<wire::Endpoint, Host> hosts_;
};

}  // namespace shirube::sim
