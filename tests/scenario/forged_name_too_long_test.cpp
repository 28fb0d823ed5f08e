#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/judged.hpp"

using namespace shirube;
using test::SignedTree;

namespace {

// The server says YXDOMAIN to everything, beside what its zones say.
void let_lie(SignedTree& home) {
  auto& host = home.host(SignedTree::kTreeServer);
  host.script = [&home, &host](const wire::Question& question) {
    auto answer = home.world.honest(host, question);
    if (question.type == wire::Type::A) answer.rcode = wire::Rcode::YxDomain;
    return std::optional(std::move(answer));
  };
}

}  // namespace

TEST_CASE("that a DNAME makes too long a name is not believed without a DNAME") {
  SignedTree home;
  let_lie(home);
  for (const auto* name : {"www.example.test", "none.hashed.test", "to.compact.test"}) {
    CAPTURE(name);
    CHECK(home.ask_and_wait(name).servfail());
  }
  CHECK(home.quiet());
}

TEST_CASE("nor where the DNAME makes a name that is not too long") {
  SignedTree home;
  let_lie(home);
  CHECK(home.ask_and_wait("a.moved.example.test").servfail());
  CHECK(home.quiet());
}

TEST_CASE("a name that a signed DNAME makes too long is authentically so") {
  SignedTree home;
  const std::string label(60, 'x');
  home.world.zone(home.example).add(fmt::format("d DNAME {0}.{0}.{0}.test.\n", label));
  const auto& client = home.ask_and_wait(fmt::format("{0}.{0}.d.example.test", label));
  CHECK(client.got->answer.rcode == wire::Rcode::YxDomain);
  CHECK(client.got->answer.authentic);
  CHECK(home.quiet());
}
