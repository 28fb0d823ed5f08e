// DemoServer: a whole Shirube over a simulated internet, in one thread: what `shirube demo` asks and lets be
// asked.
// Threads:  one owner.
// Owns:     world, network, cache, resolver and service.
#pragma once

#include "cache/answer_cache.hpp"
#include "server/demo_client.hpp"
#include "server/query_service.hpp"
#include "sim/simulated_network.hpp"
#include "sim/world.hpp"

namespace shirube::server {

class DemoServer final : public AddressBook {
 public:
  DemoServer();

  // What the client gets from the recursor itself, as through any plain resolver; and what it gets from us.
  [[nodiscard]] DemoReply ask_plain(const wire::Question& question, const DemoClient& client);
  [[nodiscard]] DemoReply ask_shirube(const wire::Question& question, const DemoClient& client);
  [[nodiscard]] bool has_ipv4(const wire::Name& host) const override;

  [[nodiscard]] QueryHandler& handler() { return service_; }
  // Lets virtual time go on, for a listener in real time.
  void advance(wire::Duration real) { network_.advance(real); }

 private:
  struct Silence final : upstream::Observer {
    void lookup_failed(const wire::Question&, const upstream::Failure&) override {}
  };
  [[nodiscard]] wire::Bytes ask_service(wire::BytesView query, const DemoClient& client,
                                        ClientTransport transport);

  sim::World world_;
  sim::SimulatedNetwork network_;
  Silence observer_;
  ServingPtr serving_;
  cache::AnswerCache cache_;
  upstream::Resolver resolver_;
  upstream::TaskSet tasks_;
  ResolverPool pool_;
  QueryService service_;
};

}  // namespace shirube::server
