// SimulatedNetwork: a Network over a World in virtual time. Runs hours in milliseconds; one seed repeats a
// run exactly.
// Threads:  one owner.
// Owns:     its event queue; borrows the World, which tests may change while it runs.
// Units:    virtual microseconds; starts at one day so that instants in the past exist.
// Errors:   as network.hpp says. std::logic_error when time stands still: alarms that set each other off at
//           one instant for ever.
// Rules:    at one instant packets arrive first, then patience ends, then alarms ring. An address without a
//           host is silent. UDP faults follow the Link; TCP costs a round trip more and turns loss into
//           delay. Must outlive the alarms set on it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sim/wall_clock.hpp"
#include "sim/world.hpp"
#include "upstream/network.hpp"

namespace shirube::sim {

class SimulatedNetwork final : public upstream::Network {
 public:
  SimulatedNetwork(World& world, std::uint64_t seed);
  ~SimulatedNetwork() override;

  [[nodiscard]] wire::Instant now() const override;
  // kSimulatedStart and virtual time.
  [[nodiscard]] std::int64_t wall_time() const override;
  void fill_random(wire::BytesSpan bytes) override;
  [[nodiscard]] bool has_route(wire::Family family) const override;
  void set_route(wire::Family family, bool present);
  [[nodiscard]] bool is_crowded() const override;
  // The number of exchanges from which is_crowded() is true; at first unlimited.
  void set_crowd(std::size_t exchanges);

  // Not from within a callback. Runs events until none is left or `limit` of virtual time has passed since
  // the call; says whether it went quiet.
  bool run(wire::Duration limit = std::chrono::hours{1});
  // Runs until `done` or as run(); says whether `done`.
  bool run_until(const std::function<bool()>& done, wire::Duration limit = std::chrono::hours{1});
  // Lets exactly so much virtual time pass.
  void advance(wire::Duration duration);

  // What must be zero when all is over.
  [[nodiscard]] std::size_t exchanges_in_flight() const;
  [[nodiscard]] std::size_t alarms_set() const;
  struct Sent {
    wire::Instant when;
    wire::Endpoint server;
    upstream::Transport transport;
    wire::Bytes query;
  };
  // Everything that was sent, in order, for assertions and traces.
  [[nodiscard]] const std::vector<Sent>& sent() const;
  // Exchanges that were begun though has_route() said no; they are not in sent().
  [[nodiscard]] std::uint64_t started_without_route(wire::Family family) const;
  // One line an event, for replaying a failed seed.
  void set_trace(std::function<void(const std::string&)> trace);

 private:
  void do_set_alarm(upstream::Alarm& alarm) override;
  void do_cancel_alarm(upstream::Alarm& alarm) override;
  void do_start_exchange(upstream::ExchangeRequest request, upstream::ExchangeWaiter& waiter) override;
  void do_cancel_exchange(upstream::ExchangeWaiter& waiter) override;

  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace shirube::sim
