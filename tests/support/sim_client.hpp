// A client of the simulated network for tests: queries with a fixed ID, exchanges and alarms that record how
// they ended.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "upstream/network.hpp"
#include "wire/builder.hpp"
#include "wire/message.hpp"

namespace shirube::test {

struct Ask {
  wire::Type type = wire::Type::A;
  std::optional<std::uint16_t> edns_size{};
  bool dnssec_ok = false;
  std::uint16_t id = 4711;
  bool wants_ad = false;
  bool checking_disabled = false;
};

[[nodiscard]] inline wire::Question question(std::string_view name, wire::Type type) {
  return {.name = wire::Name::literal(name), .type = type};
}

[[nodiscard]] inline wire::Bytes query(std::string_view name, Ask ask = {}) {
  wire::Bytes buffer(512);
  wire::MessageBuilder builder(buffer, buffer.size());
  builder.set_header({.id = ask.id, .rd = true, .ad = ask.wants_ad, .cd = ask.checking_disabled});
  bool fits = builder.add_question(question(name, ask.type));
  if (ask.edns_size) {
    fits = fits &&
           builder.add_opt({.udp_size = *ask.edns_size, .dnssec_ok = ask.dnssec_ok}, wire::Rcode::NoError);
  }
  const auto message = builder.finish();
  return fits ? wire::Bytes(message.begin(), message.end()) : wire::Bytes{};
}

// Ends once, or never; whichever it was, `result` tells.
class Asker final : public upstream::ExchangeWaiter {
 public:
  void ended(upstream::ExchangeResult end) override {
    ++times_ended;
    result = std::move(end);
  }
  [[nodiscard]] bool has_reply() const { return result && result->has_value(); }
  [[nodiscard]] bool failed_with(upstream::ExchangeError error) const {
    return result && !result->has_value() && result->error() == error;
  }
  [[nodiscard]] wire::Header header() const { return wire::read_header((*result)->bytes); }

  std::optional<upstream::ExchangeResult> result;
  int times_ended = 0;
};

[[nodiscard]] inline upstream::ExchangeRequest to_server(
    std::string_view server, wire::Bytes query, upstream::Transport transport = upstream::Transport::Udp,
    wire::Duration patience = std::chrono::seconds{2}) {
  return {.server = *wire::Endpoint::parse(server, 53),
          .transport = transport,
          .query = std::move(query),
          .patience = patience};
}

// Notes its name when it rings.
class Bell final : public upstream::Alarm {
 public:
  Bell(std::string name, std::vector<std::string>& rung) : name_(std::move(name)), rung_(rung) {}
  void ring() override { rung_.push_back(name_); }

 private:
  std::string name_;
  std::vector<std::string>& rung_;
};

}  // namespace shirube::test
