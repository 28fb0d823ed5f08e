// The log of a resolver in the simulated internet, as text.
#pragma once

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>

#include "server/failure_log.hpp"
#include "tests/support/asking_host.hpp"

namespace shirube::test {

// From its construction on it holds what `home` logs. `home` must not be used after it.
class TextLog {
 public:
  TextLog(AskingHost& home, conf::LogLevel level)
      : log_({level, conf::LogFormat::Text}, out_), lines_(folded_, details_, health_, home.network) {
    home.failures.also = &lines_;
  }

  [[nodiscard]] std::string text() const { return out_.str(); }
  [[nodiscard]] auto lines() const { return std::ranges::count(out_.str(), '\n'); }
  // How many lines tell of this event.
  [[nodiscard]] std::size_t count(std::string_view event) const {
    const auto text = out_.str();
    const auto wanted = ' ' + std::string(event) + ": ";
    std::size_t found = 0;
    for (auto at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + 1)) ++found;
    return found;
  }
  void set_level(conf::LogLevel level) { log_.configure({level, conf::LogFormat::Text}); }

 private:
  std::ostringstream out_;
  server::Log log_;
  server::FoldedLog folded_{log_};
  server::DetailLog details_{log_};
  server::ForwarderHealth health_;
  server::FailureLog lines_;
};

}  // namespace shirube::test
