// The program: a command line, and who carries it out.
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

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

// If standard streams are closed, the first opened descriptors take their numbers, and the log would be
// written into a socket. REQUIRES: no other descriptor is open yet.
void open_standard_streams() {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd) {
    if (::fcntl(fd, F_GETFD) == -1 && ::open("/dev/null", O_RDWR) != fd) return;
  }
}

}  // namespace

int main(int argc, char** argv) {
  open_standard_streams();
  const auto command = parse_command_line(std::vector<std::string>(argv + 1, argv + argc));
  if (command) return std::visit(Run{}, *command);
  fmt::print(command.error().code == kExitFine ? stdout : stderr, "{}", command.error().text);
  return command.error().code;
}
