#include "bench/load/load_options.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "bench/load/load_socket.hpp"

namespace shirube::bench {
namespace {

constexpr std::size_t kMaxSockets = 512;
constexpr double kMaxSeconds = 3'600;

template <class Number>
[[nodiscard]] Number number(std::string_view text, Number least, Number most) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{} && end == text.data() + text.size() && value >= least && value <= most)
    return value;
  throw std::invalid_argument(fmt::format("'{}' is no number from {} to {}", text, least, most));
}

[[nodiscard]] std::chrono::duration<double> seconds(std::string_view text) {
  return std::chrono::duration<double>{number<double>(text, 0.0, kMaxSeconds)};
}

struct Option {
  std::string_view name;
  std::string_view value;  // what stands for it in the help; empty: it takes none
  std::string_view help;
  void (*store)(LoadOptions& options, std::string_view value);
};

using Text = std::string_view;
constexpr std::array kOptions{
    Option{"--sockets", "N", "connected sockets (16)",
           [](LoadOptions& o, Text v) { o.sockets = number<std::size_t>(v, 1, kMaxSockets); }},
    Option{"--window", "N", "queries under way, on all sockets together (512)",
           [](LoadOptions& o, Text v) { o.window = number<std::size_t>(v, 1, kMaxSockets * kMaxWindow); }},
    Option{"--warm-up", "SECONDS", "load before measuring begins (1)",
           [](LoadOptions& o, Text v) { o.warm_up = seconds(v); }},
    Option{"--seconds", "SECONDS", "measured load (4)",
           [](LoadOptions& o, Text v) { o.measured = seconds(v); }},
    Option{"--edns", "SIZE", "UDP size offered by EDNS (1232)",
           [](LoadOptions& o, Text v) { o.edns = number<std::uint16_t>(v, 512, 65'535); }},
    Option{"--no-edns", "", "queries without OPT", [](LoadOptions& o, Text) { o.edns.reset(); }},
    Option{"--once", "", "ask every question once and end, as to fill a cache",
           [](LoadOptions& o, Text) { o.once = true; }},
    Option{"--pid", "PID", "print the CPU time that this process took for each reply",
           [](LoadOptions& o, Text v) { o.pid = number<pid_t>(v, 1, 1 << 22); }},
    Option{"--json", "", "print one JSON object", [](LoadOptions& o, Text) { o.json = true; }},
};

}  // namespace

std::optional<LoadOptions> parse_load_options(std::span<char* const> arguments) {
  LoadOptions options;
  std::vector<Text> operands;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Text word = arguments[i];
    if (word == "--help" || word == "-h") return std::nullopt;
    if (!word.starts_with('-')) {
      operands.push_back(word);
      continue;
    }
    const auto* option = std::ranges::find(kOptions, word, &Option::name);
    if (option == kOptions.end()) throw std::invalid_argument(fmt::format("unknown option {}", word));
    const bool takes_value = !option->value.empty();
    if (takes_value && i + 1 == arguments.size())
      throw std::invalid_argument(fmt::format("{} needs a value", word));
    option->store(options, takes_value ? Text(arguments[++i]) : Text());
  }
  if (operands.size() != 2) throw std::invalid_argument("expected SERVER and QUESTIONS; see --help");
  const auto server = wire::Endpoint::parse(operands[0], 53);
  if (!server) throw std::invalid_argument(fmt::format("'{}' is no ADDRESS:PORT", operands[0]));
  options.server = *server;
  options.questions = operands[1];
  options.sockets = std::min(options.sockets, options.window);
  if ((options.window + options.sockets - 1) / options.sockets > kMaxWindow) {
    throw std::invalid_argument(fmt::format("more than {} queries under way on one socket", kMaxWindow));
  }
  return options;
}

std::string load_help() {
  std::string text =
      "Usage: load_generator [OPTIONS] SERVER QUESTIONS\n\n"
      "Keeps a number of queries under way to SERVER (ADDRESS:PORT) over UDP, and prints replies per second, "
      "latency\n"
      "and the server's CPU time. QUESTIONS is a file with one \"name type\" a line, asked in turn.\n\n";
  for (const auto& option : kOptions) {
    text += fmt::format("  {:<21} {}\n", fmt::format("{} {}", option.name, option.value), option.help);
  }
  return text +
         "\nExample:\n"
         "  printf 'www.example.org A\\nexample.org MX\\n' > questions\n"
         "  load_generator 127.0.0.1:5300 questions --once\n"
         "  load_generator 127.0.0.1:5300 questions --pid \"$(pidof shirube)\"\n\n"
         "Exit codes: 0 fine, 1 no reply or no server, 2 wrong usage.\n";
}

}  // namespace shirube::bench
