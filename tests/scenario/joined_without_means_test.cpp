// Two clients ask the same: for one of them it is a part of something bigger, which has used up what a query
// may cost.
#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using upstream::Part;

namespace {

const wire::Question kQuestion{wire::Name::literal("www.shop"), wire::Type::A};

upstream::Task<void> ask_as_part(test::AskingHost* home, upstream::EffortPtr effort,
                                 cache::CachedAnswer* got) {
  const auto deadline = home->network.now() + std::chrono::seconds{4};
  upstream::Share share{std::move(effort), Part::Beside};
  *got = co_await home->resolver.resolve(kQuestion, cache::View::Checked, deadline, std::move(share));
}

}  // namespace

TEST_CASE("who joins a lookup that others left no means to be judged gets its own") {
  test::SignedHost home;
  home.serve_signed("shop", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  const auto spent = std::make_shared<upstream::QueryEffort>();
  spent->judging.checks_left = 0;
  cache::CachedAnswer of_part;
  home.clients.spawn(ask_as_part(&home, spent, &of_part));
  const auto& client = home.ask("www.shop");
  CHECK(home.quiet());
  CHECK(home.resolver.statistics().coalesced > 0);
  CHECK(of_part.answer.rcode == wire::Rcode::ServFail);
  CHECK(test::secure(client));
  CHECK(spent->judging.checks_left == 0);
}
