#include "loading.hpp"

namespace shirube::conf {
namespace {

TEST_CASE("an unknown key is an error with its place and the nearest name") {
  CHECK(refusal("# a\n# b\n\n[server]\nthraeds = 2\n") ==
        "f.toml:5:1: unknown key 'server.thraeds'; did you mean 'server.workers'?");
  CHECK(refusal("[cache]\nmax_ttl = \"1d\"\n") ==
        "f.toml:2:1: unknown key 'cache.max_ttl'; did you mean 'cache.max-ttl'?");
  CHECK(refusal("[sever]\nworkers = 2\n") == "f.toml:1:2: unknown key 'sever'; did you mean 'server'?");
  CHECK(refusal("[[forwards]]\nzone = \".\"\n") ==
        "f.toml:1:3: unknown key 'forwards'; did you mean 'forward'?");
  CHECK(refusal("[[client]]\nmatch = { form = [] }\nprofile = \"squid\"\n") ==
        "f.toml:2:11: unknown key 'client.match.form'; did you mean 'client.match.from'?");
}

TEST_CASE("a key under the wrong heading is led to the right one") {
  CHECK(refusal("workers = 2\n") == "f.toml:1:1: unknown key 'workers'; did you mean 'server.workers'?");
  CHECK(refusal("[log]\nprefetch = true\n") ==
        "f.toml:2:1: unknown key 'log.prefetch'; did you mean 'cache.prefetch'?");
}

TEST_CASE("what is like nothing has no hint") {
  CHECK(refusal("zzzzzzzzzz = 1\n") == "f.toml:1:1: unknown key 'zzzzzzzzzz'");
}

TEST_CASE("keys that cannot be set are not hinted at") {
  CHECK(refusal("[[client]]\nmatch = { usre = [] }\nprofile = \"squid\"\n").find("match.user") ==
        std::string::npos);
}

TEST_CASE("a quoted key with a dot is not a path") {
  CHECK(refusal("\"server.workers\" = 2\n") ==
        "f.toml:1:1: unknown key '\"server.workers\"'; did you mean 'server.workers'?");
}

TEST_CASE("an unknown key is printed on one line") {
  CHECK(refusal("\"a\\nb\\u001b[31m\" = 1\n") == "f.toml:1:1: unknown key 'a\\x0Ab\\x1B[31m'");
}

TEST_CASE("the first problem of the file is the one told") {
  CHECK_THAT(refusal("[server]\nworkers = \"x\"\nbogus = 1\n[log]\nlevel = 5\n"),
             Catch::StartsWith("f.toml:2:11: server.workers: "));
  CHECK_THAT(refusal("[server]\nbogus = 1\nallow = []\n"), Catch::StartsWith("f.toml:2:1: unknown key"));
}

}  // namespace
}  // namespace shirube::conf
