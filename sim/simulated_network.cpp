#include "sim/simulated_network.hpp"

#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "sim/authority.hpp"
#include "sim/link.hpp"
#include "sim/packet_queue.hpp"
#include "upstream/alarm_queue.hpp"
#include "upstream/reply_gate.hpp"
#include "wire/message.hpp"

namespace shirube::sim {
namespace {

using upstream::ExchangeError;
using upstream::ExchangeRequest;
using upstream::ExchangeResult;
using upstream::ExchangeWaiter;
using upstream::GateVerdict;
using upstream::Transport;

constexpr wire::Instant kStart{std::chrono::hours{24}};
// Far more than any honest run does at one instant: bounds a test that would hang otherwise.
constexpr std::uint64_t kMostEventsAtOneInstant = 10'000'000;
// Tells the stream of packet fates from the stream handed to resolvers: these may draw more without changing
// the weather.
constexpr std::uint64_t kWeather = 0x77656174686572;

struct PendingExchange {
  PendingExchange(std::uint64_t its_id, ExchangeRequest its_request, wire::Instant now)
      : id(its_id), request(std::move(its_request)), started(now), gate(request.query, request.transport) {}
  PendingExchange(const PendingExchange&) = delete;
  PendingExchange& operator=(const PendingExchange&) = delete;
  ~PendingExchange() = default;

  [[nodiscard]] wire::Instant expires() const { return started + request.patience; }

  std::uint64_t id;
  ExchangeRequest request;
  wire::Instant started;
  upstream::ReplyGate gate;  // borrows request.query
  bool hindered = false;     // its waiter was told
};

[[nodiscard]] std::string_view to_text(Transport transport) {
  return transport == Transport::Udp ? "udp" : "tcp";
}

}  // namespace

struct SimulatedNetwork::State {
  State(World& the_world, std::uint64_t seed) : world(the_world), random(seed), weather(seed ^ kWeather) {}

  void start(ExchangeRequest&& request, ExchangeWaiter& waiter);
  void cancel(ExchangeWaiter& waiter);
  // The next event, if it is not after `limit`; says whether there was one.
  bool step(wire::Instant limit);
  [[nodiscard]] bool run_until(const std::function<bool()>& done, wire::Instant limit);

  [[nodiscard]] std::optional<wire::Instant> next() const;
  void move_to(wire::Instant when);
  void arrive(Packet packet);
  void arrive_at_host(Packet packet);
  void answer(Host& host, const Packet& packet);
  void forge_formerr(const Host& host, const Packet& packet);
  void arrive_at_client(Packet packet);
  void hinder(PendingExchange& exchange, const Packet& packet);
  void expire_first();
  void send(const Link& link, Packet packet, wire::Duration later = {});
  void end(ExchangeWaiter& waiter, ExchangeResult result);
  [[nodiscard]] bool is_route_present(wire::Family family) const {
    return family == wire::Family::V4 ? has_ipv4 : has_ipv6;
  }
  void note(std::string_view event, const Flow& flow, wire::BytesView bytes = {}) const;

  World& world;
  wire::Instant now = kStart;
  SeededRandom random;
  SeededRandom weather;
  bool has_ipv4 = true;
  bool has_ipv6 = true;
  upstream::AlarmQueue alarms;
  PacketQueue packets;
  std::uint64_t next_exchange = 0;
  std::size_t crowd = SIZE_MAX;
  std::uint64_t events_at_now = 0;
  std::uint64_t ipv4_without_route = 0;
  std::uint64_t ipv6_without_route = 0;
  std::unordered_map<ExchangeWaiter*, PendingExchange> exchanges;  // never walked: addresses have no order
  std::map<std::pair<wire::Instant, std::uint64_t>, ExchangeWaiter*> expiries;
  std::set<wire::Endpoint> spoofed;  // hosts whose one forged FORMERR is spent
  std::vector<Sent> sent;
  std::function<void(const std::string&)> trace;
};

void SimulatedNetwork::State::note(std::string_view event, const Flow& flow, wire::BytesView bytes) const {
  if (!trace) return;
  const auto at = now.time_since_epoch().count();
  auto line = fmt::format("{}.{:06} #{} {} {} {}", at / 1'000'000, at % 1'000'000, flow.exchange,
                          to_text(flow.transport), flow.server.text(), event);
  if (bytes.size() >= wire::kHeaderSize) {
    const auto header = wire::read_header(bytes);
    line += fmt::format(" id={} rcode={}{} {} bytes", header.id, header.rcode_low, header.tc ? " tc" : "",
                        bytes.size());
    const auto asked = wire::read_name(bytes, wire::kHeaderSize);
    if (header.question_count == 1 && asked) line += " " + asked->name.text();
  }
  trace(line);
}

void SimulatedNetwork::State::start(ExchangeRequest&& request, ExchangeWaiter& waiter) {
  const auto id = next_exchange++;
  auto& exchange = exchanges.try_emplace(&waiter, id, std::move(request), now).first->second;
  expiries.emplace(std::pair(exchange.expires(), id), &waiter);
  const auto& asked = exchange.request;
  const Flow flow{.exchange = id, .waiter = &waiter, .server = asked.server, .transport = asked.transport};
  if (!is_route_present(asked.server.address.family)) {
    ++(asked.server.address.family == wire::Family::V4 ? ipv4_without_route : ipv6_without_route);
    packets.push(now, {.flow = flow, .leg = Leg::NoRoute, .error = ExchangeError::Unreachable});
    return;
  }
  sent.push_back({.when = now, .server = asked.server, .transport = asked.transport, .query = asked.query});
  note("sent", flow, asked.query);
  if (const auto* host = world.host(asked.server)) {
    const auto first = asked.transport == Transport::Tcp ? Leg::Handshake : Leg::Query;
    send(host->link, {.flow = flow, .leg = first, .bytes = asked.query});
  }
}

void SimulatedNetwork::State::cancel(ExchangeWaiter& waiter) {
  const auto found = exchanges.find(&waiter);
  expiries.erase({found->second.expires(), found->second.id});
  exchanges.erase(found);
}

void SimulatedNetwork::State::send(const Link& link, Packet packet, wire::Duration later) {
  const bool by_tcp = packet.flow.transport == Transport::Tcp;
  const auto arrivals = by_tcp ? segment(link, weather) : datagram(link, weather);
  if (arrivals.count == 0) note("lost", packet.flow, packet.bytes);
  for (const auto after : arrivals) packets.push(now + later + after, packet);
}

void SimulatedNetwork::State::arrive(Packet packet) {
  switch (packet.leg) {
    case Leg::Handshake:
    case Leg::Query:
      return arrive_at_host(std::move(packet));
    case Leg::Reply:
    case Leg::Rejection:
    case Leg::NoRoute:
      return arrive_at_client(std::move(packet));
  }
}

void SimulatedNetwork::State::arrive_at_host(Packet packet) {
  auto* host = world.host(packet.flow.server);
  if (host == nullptr) return;
  const bool by_tcp = packet.flow.transport == Transport::Tcp;
  if (host->faults.forged_icmp && !by_tcp)
    packets.push(now, {.flow = packet.flow, .leg = Leg::Rejection, .error = ExchangeError::Refused});
  if (host->forger && !by_tcp) {
    for (auto& forged : host->forger(packet.bytes))
      packets.push(now, {.flow = packet.flow, .leg = Leg::Reply, .bytes = std::move(forged)});
  }
  if (host->faults.silent) return;
  if (host->faults.unreachable || host->faults.refuses || (by_tcp && host->faults.no_tcp)) {
    const auto error = host->faults.unreachable ? ExchangeError::Unreachable : ExchangeError::Refused;
    return send(host->link, {.flow = packet.flow, .leg = Leg::Rejection, .error = error});
  }
  if (packet.leg == Leg::Query) return answer(*host, packet);
  // SYN-ACK on its way back and the query on its way here, as one: nothing happens in between.
  const auto back = segment(host->link, weather);
  if (back.count == 0) return;
  packet.leg = Leg::Query;
  const auto forth = segment(host->link, weather);
  for (const auto after : forth) packets.push(now + back.after[0] + after, packet);
}

void SimulatedNetwork::State::answer(Host& host, const Packet& packet) {
  const bool by_tcp = packet.flow.transport == Transport::Tcp;
  ++(by_tcp ? host.tcp_queries : host.udp_queries);
  auto reply = world.respond(host, packet.bytes, by_tcp, weather.next());
  if (reply.empty()) return note("ignored", packet.flow, packet.bytes);
  if (host.faults.spoofed_formerr && !by_tcp && !spoofed.contains(host.endpoint)) forge_formerr(host, packet);
  if (host.faults.wrong_id) {
    auto wrong = reply;
    wrong[0] ^= 0xff;
    packets.push(now, {.flow = packet.flow, .leg = Leg::Reply, .bytes = std::move(wrong)});
  }
  send(host.link, {.flow = packet.flow, .leg = Leg::Reply, .bytes = std::move(reply)},
       host.faults.answers_late);
}

// The forger sits nearer than the host: its packet is there before the answer has left.
void SimulatedNetwork::State::forge_formerr(const Host& host, const Packet& packet) {
  auto forged = formerr_without_opt(packet.bytes);
  if (forged.empty()) return;
  spoofed.insert(host.endpoint);
  packets.push(now, {.flow = packet.flow, .leg = Leg::Reply, .bytes = std::move(forged)});
}

void SimulatedNetwork::State::arrive_at_client(Packet packet) {
  const auto found = exchanges.find(packet.flow.waiter);
  if (found == exchanges.end() || found->second.id != packet.flow.exchange) {
    return note("came late", packet.flow, packet.bytes);
  }
  auto& exchange = found->second;
  if (packet.leg == Leg::Rejection || packet.leg == Leg::NoRoute) {
    note(upstream::to_text(packet.error), packet.flow);
    const bool is_icmp = packet.leg == Leg::Rejection && packet.flow.transport == Transport::Udp;
    if (!is_icmp) return end(*packet.flow.waiter, std::unexpected(packet.error));
    if (exchange.gate.offer_error() == GateVerdict::GiveUp)
      return end(*packet.flow.waiter, std::unexpected(ExchangeError::NearMisses));
    return hinder(exchange, packet);
  }
  switch (exchange.gate.offer(packet.bytes)) {
    case GateVerdict::Accept:
      note("answered", packet.flow, packet.bytes);
      return end(*packet.flow.waiter,
                 upstream::Reply{.bytes = std::move(packet.bytes), .took = now - exchange.started});
    case GateVerdict::Ignore:
      return note("does not match", packet.flow, packet.bytes);
    case GateVerdict::IgnoreMalformed:
      note("cannot be read", packet.flow, packet.bytes);
      packet.error = ExchangeError::Malformed;
      return hinder(exchange, packet);
    case GateVerdict::GiveUp:
      note("gave up", packet.flow, packet.bytes);
      return end(*packet.flow.waiter, std::unexpected(ExchangeError::NearMisses));
  }
}

void SimulatedNetwork::State::hinder(PendingExchange& exchange, const Packet& packet) {
  if (std::exchange(exchange.hindered, true)) return;
  SimulatedNetwork::hinder(*packet.flow.waiter, packet.error);
}

void SimulatedNetwork::State::expire_first() {
  auto& waiter = *expiries.begin()->second;
  const auto& exchange = exchanges.at(&waiter);
  const auto& request = exchange.request;
  note(
      "timed out",
      {.exchange = exchange.id, .waiter = &waiter, .server = request.server, .transport = request.transport});
  end(waiter, std::unexpected(ExchangeError::TimedOut));
}

// Forgets the exchange first: the waiter may go or start another from within.
void SimulatedNetwork::State::end(ExchangeWaiter& waiter, ExchangeResult result) {
  cancel(waiter);
  SimulatedNetwork::deliver(waiter, std::move(result));
}

std::optional<wire::Instant> SimulatedNetwork::State::next() const {
  auto earliest = packets.next();
  const auto consider = [&](std::optional<wire::Instant> when) {
    if (when && (!earliest || *when < *earliest)) earliest = when;
  };
  if (!expiries.empty()) consider(expiries.begin()->first.first);
  consider(alarms.next());
  return earliest;
}

void SimulatedNetwork::State::move_to(wire::Instant when) {
  events_at_now = when > now ? 0 : events_at_now + 1;
  if (events_at_now > kMostEventsAtOneInstant) throw std::logic_error("simulated time stands still");
  now = std::max(now, when);
}

bool SimulatedNetwork::State::step(wire::Instant limit) {
  const auto when = next();
  if (!when || *when > limit) return false;
  move_to(*when);
  if (const auto packet = packets.next(); packet && *packet <= now) {
    arrive(packets.pop());
  } else if (!expiries.empty() && expiries.begin()->first.first <= now) {
    expire_first();
  } else if (auto* alarm = alarms.take_due(now)) {
    SimulatedNetwork::ring(*alarm);
  }
  return true;
}

bool SimulatedNetwork::State::run_until(const std::function<bool()>& done, wire::Instant limit) {
  while (!done()) {
    if (step(limit)) continue;
    if (next()) now = std::max(now, limit);  // what is left lies behind the limit
    return done();
  }
  return true;
}

SimulatedNetwork::SimulatedNetwork(World& world, std::uint64_t seed)
    : state_(std::make_unique<State>(world, seed)) {}
SimulatedNetwork::~SimulatedNetwork() = default;

wire::Instant SimulatedNetwork::now() const { return state_->now; }

std::int64_t SimulatedNetwork::wall_time() const {
  return kSimulatedStart + wire::whole_seconds(now().time_since_epoch()).count();
}
void SimulatedNetwork::fill_random(wire::BytesSpan bytes) { state_->random.fill(bytes); }
bool SimulatedNetwork::has_route(wire::Family family) const { return state_->is_route_present(family); }
bool SimulatedNetwork::is_crowded() const { return state_->exchanges.size() >= state_->crowd; }
void SimulatedNetwork::set_crowd(std::size_t exchanges) { state_->crowd = exchanges; }
void SimulatedNetwork::set_route(wire::Family family, bool present) {
  (family == wire::Family::V4 ? state_->has_ipv4 : state_->has_ipv6) = present;
}

bool SimulatedNetwork::run(wire::Duration limit) {
  return state_->run_until([this] { return !state_->next(); }, state_->now + limit);
}
bool SimulatedNetwork::run_until(const std::function<bool()>& done, wire::Duration limit) {
  return state_->run_until(done, state_->now + limit);
}
void SimulatedNetwork::advance(wire::Duration duration) {
  const auto end = state_->now + duration;
  while (state_->step(end)) continue;
  state_->now = end;
}

std::size_t SimulatedNetwork::exchanges_in_flight() const { return state_->exchanges.size(); }
std::size_t SimulatedNetwork::alarms_set() const { return state_->alarms.size(); }
const std::vector<SimulatedNetwork::Sent>& SimulatedNetwork::sent() const { return state_->sent; }
std::uint64_t SimulatedNetwork::started_without_route(wire::Family family) const {
  return family == wire::Family::V4 ? state_->ipv4_without_route : state_->ipv6_without_route;
}
void SimulatedNetwork::set_trace(std::function<void(const std::string&)> trace) {
  state_->trace = std::move(trace);
}

void SimulatedNetwork::do_set_alarm(upstream::Alarm& alarm) { state_->alarms.insert(alarm); }
void SimulatedNetwork::do_cancel_alarm(upstream::Alarm& alarm) { state_->alarms.erase(alarm); }
void SimulatedNetwork::do_start_exchange(ExchangeRequest request, ExchangeWaiter& waiter) {
  state_->start(std::move(request), waiter);
}
void SimulatedNetwork::do_cancel_exchange(ExchangeWaiter& waiter) { state_->cancel(waiter); }

}  // namespace shirube::sim
