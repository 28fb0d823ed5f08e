#include "loading.hpp"

namespace shirube::conf {
namespace {

TEST_CASE("zones with private addresses are named once, and are not all names") {
  CHECK(refusal("[resolve]\nrebinding-exempt = [\"a\", \"A.\"]\n") ==
        "f.toml:2:1: resolve.rebinding-exempt: \"A.\" is listed twice");
  CHECK(refusal("resolve.rebinding-exempt = [\".\"]\n") ==
        "f.toml:1:9: resolve.rebinding-exempt: \".\" exempts all names; use rebinding-protection = false "
        "instead");
}

TEST_CASE("the least TTL is not above the greatest") {
  CHECK(refusal("[cache]\nmax-ttl = \"30s\"\nmin-ttl = \"1m\"\n") ==
        "f.toml:3:1: cache.min-ttl (1m) is above cache.max-ttl (30s)");
  CHECK(refusal("[cache]\nmax-ttl = \"30s\"\nmin-ttl = \"30s\"\n").empty());
}

TEST_CASE("without any transport nobody could be asked") {
  CHECK_THAT(refusal("[resolve]\nipv4 = \"no\"\nipv6 = \"no\"\n"),
             Catch::StartsWith("f.toml:2:1: resolve.ipv4 and resolve.ipv6 are both \"no\""));
  CHECK(refusal("[resolve]\nipv4 = \"no\"\n").empty());
}

TEST_CASE("a listen address stands there once") {
  CHECK(refusal("server.listen = [\"127.0.0.1\", \"[::1]:53\", \"127.0.0.1:53\"]") ==
        "f.toml:1:8: server.listen: \"127.0.0.1:53\" is listed twice");
}

}  // namespace
}  // namespace shirube::conf
