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

std::string zones(std::string_view list, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += fmt::format("[[{0}]]\nzone = \"{0}{1}.example\"\nservers = [\"192.0.2.1\"]\n", list, i);
  }
  return text;
}

std::string dnsbl_zones(std::size_t count) {
  std::string text = "dnsbl.zones = [\n";
  for (std::size_t i = 0; i < count; ++i) text += fmt::format("\"bl{}.example\",\n", i);
  return text + "]\n";
}

TEST_CASE("too many listen addresses are refused") {
  CHECK(loaded(listen_on(kMaxListen)).server.listen.size() == kMaxListen);
  CHECK(refusal(listen_on(kMaxListen + 1)) ==
        "f.toml:66:1: server.listen: found 65 in the list, expected at most 64");
}

TEST_CASE("too many zones are refused, in each list") {
  const auto settings = loaded(zones("forward", kMaxZones) + zones("stub", kMaxZones));
  CHECK(settings.upstream.forwards.size() == kMaxZones);
  CHECK(settings.upstream.stubs.size() == kMaxZones);
  CHECK(refusal(zones("forward", kMaxZones + 1)) == "f.toml:3073:1: more than 1024 [[forward]] tables");
  CHECK(refusal(zones("stub", kMaxZones + 1)) == "f.toml:3073:1: more than 1024 [[stub]] tables");
}

TEST_CASE("too many DNSBLs are refused") {
  CHECK(loaded(dnsbl_zones(kMaxDnsbls)).upstream.iterated.size() == kMaxDnsbls);
  CHECK(refusal(dnsbl_zones(kMaxDnsbls + 1)) ==
        "f.toml:258:1: dnsbl.zones: found 257 in the list, expected at most 256");
}

TEST_CASE("a path longer than the system takes is refused") {
  const auto path = [](std::size_t length) {
    return fmt::format("resolve.root-hints = \"/{}\"", std::string(length - 1, 'x'));
  };
  CHECK_THAT(refusal(path(kMaxPathLength)), Catch::EndsWith(": cannot be read: File name too long"));
  CHECK_THAT(refusal(path(kMaxPathLength + 1)), Catch::EndsWith("expected an absolute path, or \"\""));
}

TEST_CASE("a text longer than any configuration is refused") {
  CHECK(refusal(std::string(kMaxFileSize, '\n')).empty());
  CHECK(refusal(std::string(kMaxFileSize + 1, '\n')) ==
        "f.toml: longer than 1048576 bytes: not a configuration");
}

}  // namespace
}  // namespace shirube::conf
