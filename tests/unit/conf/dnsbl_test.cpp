#include "conf/root_hints.hpp"
#include "loading.hpp"

namespace shirube::conf {
namespace {

TEST_CASE("DNSBLs are iterated beside a forward for all names, with root hints to begin at") {
  const auto upstream = loaded(R"(
[resolve]
mode = "forward"
[dnsbl]
zones = ["zen.bl.example"]
[[forward]]
zone = "."
servers = ["192.0.2.53"]
)")
                            .upstream;
  CHECK(upstream.iterated == std::vector{wire::Name::literal("zen.bl.example.")});
  CHECK(upstream.forwards.size() == 1);
  CHECK(upstream.root_hints == built_in_root_hints());
}

TEST_CASE("a DNSBL stands there once") {
  CHECK(refusal("[dnsbl]\nzones = [\"bl.example\", \"a.example\", \"BL.example.\"]\n") ==
        "f.toml:2:1: dnsbl.zones: \"BL.example.\" is listed twice");
}

TEST_CASE("all names are no DNSBL") {
  CHECK(refusal("[dnsbl]\nzones = [\".\"]\n") ==
        "f.toml:2:1: dnsbl.zones: \".\" is no DNSBL; is resolve.mode = \"iterate\" meant?");
}

TEST_CASE("a DNSBL may have a stub, or a forward below it, but no forward of its own") {
  const std::string dnsbl = "[dnsbl]\nzones = [\"bl.example\"]\n";
  const std::string servers = "servers = [\"192.0.2.1\"]\n";
  CHECK(refusal(dnsbl + "[[forward]]\nzone = \"BL.example\"\n" + servers) ==
        "f.toml:2:1: dnsbl.zones: \"bl.example.\" has a [[forward]], on line 4: it is iterated or forwarded, "
        "not both");
  CHECK(refusal(dnsbl + "[[forward]]\nzone = \"a.bl.example\"\n" + servers).empty());
  CHECK(refusal(dnsbl + "[[stub]]\nzone = \"bl.example\"\n" + servers).empty());
}

TEST_CASE("an answer of its own for refused DNSBL queries is told to come later") {
  CHECK(
      refusal("[dnsbl]\nblocked-answer = \"nxdomain\"\n") ==
      "f.toml:2:18: dnsbl.blocked-answer: an answer of its own for refused DNSBL queries is not available in "
      "this version");
}

}  // namespace
}  // namespace shirube::conf
