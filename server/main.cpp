// The program: a command line, and who carries it out.
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "server/cli.hpp"
#include "server/demo.hpp"
#include "server/load_settings.hpp"
#include "server/serve.hpp"

namespace {

using namespace shirube::server;

struct Run {
  int operator()(const ServeCommand& command) const { return serve(command); }
  int operator()(const DemoCommand& command) const { return demo(command); }
  int operator()(const CheckConfigCommand& command) const {
    return check_config(command, std::cout, std::cerr);
  }
};

}  // namespace

int main(int argc, char** argv) {
  const auto command = parse_command_line(std::vector<std::string>(argv + 1, argv + argc));
  if (command) return std::visit(Run{}, *command);
  fmt::print(command.error().code == kExitFine ? stdout : stderr, "{}", command.error().text);
  return command.error().code;
}
