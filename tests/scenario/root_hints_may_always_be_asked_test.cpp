// do-not-query is for addresses out of the DNS: the administrator has written the root hints.
#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::IteratingHost;

namespace {

[[nodiscard]] test::IteratingSetup forbidding(std::string_view prefix) {
  test::IteratingSetup setup;
  setup.settings.do_not_query = {*wire::Prefix::parse(prefix)};
  return setup;
}

}  // namespace

TEST_CASE("root hints are asked though do-not-query holds them, before and after priming") {
  IteratingHost home(forbidding("198.41.0.0/24"));
  home.serve("example.", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.serve("test.", "www 300 A 192.0.2.81\n", {"192.0.2.2"});
  CHECK(home.ask_and_wait("www.example.").records() == 1);
  CHECK(home.cache.find_delegation(wire::Name(), home.network.now()) != nullptr);
  CHECK(home.ask_and_wait("www.test.").records() == 1);
  CHECK(home.quiet());
}

TEST_CASE("a server of the root that only priming knows is not exempt, nor is a hint's address elsewhere") {
  IteratingHost home(forbidding("198.41.0.0/24"));
  home.world.zone(0).add("@ 518400 NS b.root-servers.net.\nb.root-servers.net. 518400 A 198.41.0.5\n");
  home.world.serve("198.41.0.5", 0);
  home.serve("example.", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.serve("bad.", "www 300 A 192.0.2.80\n", {test::kRoot});
  CHECK(home.ask_and_wait("www.example.").records() == 1);
  CHECK(home.sent_to("198.41.0.5") == 0);
  home.network.run();
  const auto before = home.sent_to(test::kRoot);
  CHECK(home.ask_and_wait("ns1.bad.").got->answer.rcode != wire::Rcode::NxDomain);
  CHECK(home.sent_to(test::kRoot) <= before + 1);
  CHECK(home.quiet());
}
