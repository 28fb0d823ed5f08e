#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/judged.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::SignedHost;

namespace {

// A client who asks at that very instant, and notes when in the order of things it has its answer.
upstream::Task<void> ask_at(SignedHost* home, wire::Instant when, std::string name,
                            std::vector<std::string>* order) {
  co_await upstream::SleepUntil(home->network, when);
  wire::Question question{wire::Name::literal(name), wire::Type::A};
  const auto got = co_await home->resolver.resolve(std::move(question), cache::View::Checked, when + 4s);
  CHECK(got.answer.authentic);
  order->push_back(std::move(name));
}

// Where one packet brings a chain of aliases with all that has to be verified for it.
void serve_chain(SignedHost& home, dnssec::Algorithm algorithm) {
  std::string text = "www 300 A 192.0.2.80\n";
  for (int i = 0; i < 11; ++i) text += fmt::format("a{} 300 CNAME a{}\n", i, i + 1);
  home.serve_signed("test", text + "a11 300 A 192.0.2.81\n", {"192.0.2.10"}, {.algorithm = algorithm});
  CHECK(test::secure(home.ask_and_wait("www.test")));
  CHECK(home.quiet());
}

// Of two clients, one of whom asks for the chain, and the other for what is in the cache, at the very instant
// when that packet comes.
[[nodiscard]] std::vector<std::string> order_of_answers(dnssec::Algorithm algorithm) {
  SignedHost twin;
  serve_chain(twin, algorithm);
  const auto needed = twin.ask_and_wait("a0.test").waited;
  SignedHost home;
  serve_chain(home, algorithm);
  std::vector<std::string> order;
  const auto now = home.network.now();
  home.clients.spawn(ask_at(&home, now, "a0.test", &order));
  home.clients.spawn(ask_at(&home, now + needed, "www.test", &order));
  CHECK(home.quiet());
  return order;
}

}  // namespace

TEST_CASE("while costly signatures are verified for one client, others are answered") {
  CHECK(order_of_answers(dnssec::Algorithm::EcdsaP384) == std::vector<std::string>{"www.test", "a0.test"});
}

TEST_CASE("cheap ones are verified in one go") {
  CHECK(order_of_answers(dnssec::Algorithm::EcdsaP256) == std::vector<std::string>{"a0.test", "www.test"});
}

TEST_CASE("no algorithm costs so much that two checks and a proof hold a worker for five milliseconds") {
  for (const auto algorithm : {8, 10, 13, 14, 15, 16}) {
    const auto cost = dnssec::verification_cost(dnssec::Algorithm{static_cast<std::uint8_t>(algorithm)});
    CHECK(dnssec::kPauseAfterMicroseconds + cost + 96 * 8 <= 5'000);
  }
}
