// Network: the one seam between resolving and the world: packets, time and randomness are handed in here.
// libuv stands behind it in the server, a simulated internet with virtual time in tests, bench and demo.
// Threads:  one Network a loop; all calls and all callbacks on that loop's thread.
// Owns:     nothing of the caller's. An Alarm or ExchangeWaiter that is destroyed takes itself back: it is
//           never called after.
// Units:    microseconds; bytes.
// Errors:   an exchange ends with a reply that passed its ReplyGate, or with an ExchangeError; never both,
//           always once.
// Rules:    callbacks never run inside the call that starts them (always from the loop). UDP goes out from a
//           fresh connected socket with a random port (RFC 5452 §9.2, SAD DNS); what does not match the query
//           is ignored and waited on (TuDoor), up to ReplyGate::kMaxNearMisses. An ICMP error or a malformed
//           reply may be forged: the exchange goes on, and calls on_hindered.
#pragma once

#include <cstdint>
#include <expected>
#include <span>
#include <string_view>

#include "wire/bytes.hpp"
#include "wire/endpoint.hpp"
#include "wire/time.hpp"

namespace shirube::upstream {

enum class Transport : std::uint8_t { Udp, Tcp };

enum class ExchangeError : std::uint8_t {
  TimedOut,     // nothing that fits within the patience
  Refused,      // ICMP port unreachable, TCP reset
  Unreachable,  // no route, network or host unreachable
  NearMisses,   // too many replies that almost fit: somebody is guessing; ask by TCP
  Closed,       // the TCP stream ended before the reply
  Local,        // no socket, no memory: our own trouble
  Malformed,    // a hindrance only: a malformed reply that matches the query
};
[[nodiscard]] std::string_view to_text(ExchangeError error);

struct ExchangeRequest {
  wire::Endpoint server;
  Transport transport = Transport::Udp;
  wire::Bytes
      query;  // a whole DNS message, without TCP's length prefix; its ID and case are what a reply must match
  wire::Duration patience{};
};

struct Reply {
  wire::Bytes bytes;      // matched on address, port, ID, QR, question and its case; at least a header
  wire::Duration took{};  // from sending to arrival
};
using ExchangeResult = std::expected<Reply, ExchangeError>;

class Network;

// A one-shot timer, embedded in whoever waits.
class Alarm {
 public:
  Alarm() = default;
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;
  virtual ~Alarm();  // cancels
  virtual void ring() = 0;
  [[nodiscard]] bool is_set() const { return network_ != nullptr; }

 private:
  friend class Network;
  friend class AlarmQueue;
  Network* network_ = nullptr;
  wire::Instant when_{};
  std::uint64_t sequence_ = 0;
  std::size_t place_ = 0;  // in the AlarmQueue, while it is set
};

// Whoever waits for the end of an exchange.
class ExchangeWaiter {
 public:
  ExchangeWaiter() = default;
  ExchangeWaiter(const ExchangeWaiter&) = delete;
  ExchangeWaiter& operator=(const ExchangeWaiter&) = delete;
  virtual ~ExchangeWaiter();  // cancels
  virtual void ended(ExchangeResult result) = 0;
  // Over UDP: called at most once, when a packet says that the server cannot answer. The exchange goes on,
  // because the packet may be forged. The callback must not end or destroy the exchange.
  virtual void hindered(ExchangeError) {}

 private:
  friend class Network;
  Network* network_ = nullptr;
};

// Implementations override the five private functions; the public ones keep the bookkeeping that makes
// destruction safe.
class Network {
 public:
  Network() = default;
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;
  virtual ~Network() = default;

  [[nodiscard]] virtual wire::Instant now() const = 0;
  // Seconds since 1970, as this host believes: what the times in signatures are held against. It may jump.
  [[nodiscard]] virtual std::int64_t wall_time() const = 0;
  // Unpredictable bytes (CSPRNG in the server, the seed's stream in simulation).
  virtual void fill_random(wire::BytesSpan bytes) = 0;
  // Is there a way to the Internet over this family now? For addresses that come out of the DNS: without it
  // they are not asked. Servers that an administrator names may stand nearer, and are always tried.
  [[nodiscard]] virtual bool has_route(wire::Family family) const = 0;
  // Are so many sockets open that each race must limit its own? Bounds floods of names below dead servers.
  [[nodiscard]] virtual bool is_crowded() const { return false; }

  // Alarms of one instant ring in the order in which they were set. Setting again moves it. An instant in the
  // past rings from the loop at once.
  void set_alarm(Alarm& alarm, wire::Instant when);
  void cancel_alarm(Alarm& alarm);
  void start_exchange(ExchangeRequest request, ExchangeWaiter& waiter);
  void cancel_exchange(ExchangeWaiter& waiter);

  [[nodiscard]] std::uint16_t random_u16();
  // Even over [0, bound). REQUIRES: bound > 0.
  [[nodiscard]] std::uint32_t random_below(std::uint32_t bound);

 protected:
  // Implementations call these from the loop; the alarm or waiter may be destroyed within.
  static void ring(Alarm& alarm);
  static void deliver(ExchangeWaiter& waiter, ExchangeResult result);
  static void hinder(ExchangeWaiter& waiter, ExchangeError error) { waiter.hindered(error); }

 private:
  virtual void do_set_alarm(Alarm& alarm) = 0;     // REQUIRES: not set yet
  virtual void do_cancel_alarm(Alarm& alarm) = 0;  // is set
  virtual void do_start_exchange(ExchangeRequest request, ExchangeWaiter& waiter) = 0;
  virtual void do_cancel_exchange(ExchangeWaiter& waiter) = 0;  // is under way

  std::uint64_t next_sequence_ = 1;
};

}  // namespace shirube::upstream
