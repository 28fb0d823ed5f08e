// What the command line of load_generator says.
// Threads:  a value.
// Errors:   std::invalid_argument with the word that is wrong and what was expected.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include <sys/types.h>

#include "wire/endpoint.hpp"

namespace shirube::bench {

struct LoadOptions {
  wire::Endpoint server;
  std::string questions;  // path
  std::size_t sockets = 16;
  std::size_t window = 512;  // queries under way, on all sockets together
  std::chrono::duration<double> warm_up{1};
  std::chrono::duration<double> measured{4};
  std::optional<std::uint16_t> edns = 1232;
  bool once = false;
  std::optional<pid_t> pid;
  bool json = false;
};

// nullopt: help was asked for.
[[nodiscard]] std::optional<LoadOptions> parse_load_options(std::span<char* const> arguments);
[[nodiscard]] std::string load_help();

}  // namespace shirube::bench
