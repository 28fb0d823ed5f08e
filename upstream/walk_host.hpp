// WalkHost: what a walk needs of the lookup that it belongs to: addresses of servers, and not to send what
// another walk is sending just now.
// Threads:  one loop.
#pragma once

#include <expected>
#include <memory>
#include <vector>

#include "upstream/ask_server.hpp"
#include "upstream/failure.hpp"
#include "upstream/task.hpp"
#include "wire/endpoint.hpp"
#include "wire/message.hpp"

namespace shirube::upstream {

// The accepted source of a server's address.
enum class AddressSource : std::uint8_t {
  GlueWillDo,  // also from a referral
  OwnZone,     // only from the zone of the server's name (RFC 2181 §5.4.1: it ranks above glue)
};

class WalkHost {
 public:
  virtual ~WalkHost() = default;

  // Addresses that are known without asking: empty when none is.
  [[nodiscard]] virtual std::vector<wire::Address> known(const wire::Name& server, wire::Type type,
                                                         AddressSource source) const = 0;
  using Addresses = std::expected<std::vector<wire::Address>, Failure>;
  // Looks up the address of a server of `zone`. Empty: it has none of that type.
  [[nodiscard]] virtual Task<Addresses> find(wire::Name server, wire::Type type, AddressSource source,
                                             wire::Name zone) = 0;

  // A step of a walk: what the servers of a zone are asked about a name. It ends with the token.
  class Step {
   public:
    Step() = default;
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;
    virtual ~Step() = default;
  };
  [[nodiscard]] virtual std::unique_ptr<Step> begin_step(const wire::Name& zone, const wire::Name& name) = 0;
  // Waits while another walk takes this step with another question. False: none does, or it waits for this
  // walk.
  [[nodiscard]] virtual Task<bool> wait_for_step(wire::Name zone, wire::Name name) = 0;

  // Asks `server` for the SOA of `zone`, once at a time for all walks, to find out whether it answers at all.
  // The result is in the server's state. The query reveals nothing new to the server.
  [[nodiscard]] virtual Task<void> probe(wire::Name zone, ServerQuery query) = 0;
  // Asks a server that seems dead once more after the walk has failed. No lookup waits for the reply.
  virtual void probe_patiently(ServerQuery query) = 0;
};

}  // namespace shirube::upstream
