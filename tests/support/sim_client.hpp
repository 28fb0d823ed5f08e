// A client of the simulated network for tests: queries with a fixed ID, exchanges and alarms that record how
// they ended.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "upstream/network.hpp"
#include "wire/message.hpp"

namespace shirube::test {

struct Ask {
  wire::Type type = wire::Type::A;
  std::optional<std::uint16_t> edns_size{};
  bool dnssec_ok = false;
  std::uint16_t id = 4711;
  bool wants_ad = false;
  bool checking_disabled = false;
  bool compact_ok = false;
};

[[nodiscard]] wire::Question question(std::string_view name, wire::Type type);
[[nodiscard]] wire::Bytes query(std::string_view name, const Ask& ask = {});

// Ends once, or never; whichever it was, `result` tells.
class Asker final : public upstream::ExchangeWaiter {
 public:
  Asker();
  ~Asker() override;
  void ended(upstream::ExchangeResult end) override;
  void hindered(upstream::ExchangeError error) override {
    hindrance = error;
    ++times_hindered;
  }
  [[nodiscard]] bool has_reply() const;
  [[nodiscard]] bool failed_with(upstream::ExchangeError error) const;
  [[nodiscard]] wire::Header header() const;

  std::optional<upstream::ExchangeResult> result;
  int times_ended = 0;
  std::optional<upstream::ExchangeError> hindrance;
  int times_hindered = 0;
};

[[nodiscard]] upstream::ExchangeRequest to_server(std::string_view server, wire::Bytes query,
                                                  upstream::Transport transport = upstream::Transport::Udp,
                                                  wire::Duration patience = std::chrono::seconds{2});

// Notes its name when it rings.
class Bell final : public upstream::Alarm {
 public:
  Bell(std::string name, std::vector<std::string>& rung);
  ~Bell() override;
  void ring() override;

 private:
  std::string name_;
  std::vector<std::string>& rung_;
};

}  // namespace shirube::test
