#include "conf/limits.hpp"

#include <fmt/format.h>

#include "loading.hpp"

namespace shirube::conf {
namespace {

std::string listen_on(std::size_t count) {
  std::string text = "server.listen = [\n";
  for (std::size_t i = 0; i < count; ++i) text += fmt::format("\"127.0.0.1:{}\",\n", 5000 + i);
  return text + "]\n";
}

std::string forward_zones(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += fmt::format("[[forward]]\nzone = \"z{}.example\"\nservers = [\"192.0.2.1\"]\n", i);
  }
  return text;
}

TEST_CASE("too many listen addresses are refused") {
  CHECK(loaded(listen_on(kMaxListen)).server.listen.size() == kMaxListen);
  CHECK(refusal(listen_on(kMaxListen + 1)) ==
        "f.toml:66:1: server.listen: found 65 in the list, expected at most 64");
}

TEST_CASE("too many forward zones are refused") {
  CHECK(loaded(forward_zones(kMaxForwards)).upstream.forwards.size() == kMaxForwards);
  CHECK(refusal(forward_zones(kMaxForwards + 1)) == "f.toml:3073:1: more than 1024 [[forward]] tables");
}

TEST_CASE("a text longer than any configuration is refused") {
  CHECK(refusal(std::string(kMaxFileSize, '\n')).empty());
  CHECK(refusal(std::string(kMaxFileSize + 1, '\n')) ==
        "f.toml: longer than 1048576 bytes: not a configuration");
}

}  // namespace
}  // namespace shirube::conf
