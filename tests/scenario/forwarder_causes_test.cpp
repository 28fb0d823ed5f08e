// A forwarder that cannot be used is named with what it did, and with the advice that fits.
#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"
#include "tests/support/validating_forwarder.hpp"

using namespace shirube;
using wire::Ede;

namespace {

struct Told {
  Ede code{};
  std::string cause;
  std::string advice;
};

[[nodiscard]] Told ask(test::AskingHost& home) {
  const auto& client = home.ask_and_wait("www.example");
  REQUIRE(client.servfail());
  const auto& errors = client.got->answer.errors;
  REQUIRE(errors.size() >= 2);
  return {errors[0].code, errors[0].text, errors[1].text};
}

[[nodiscard]] sim::Faults truncating_without_tcp() {
  sim::Faults faults;
  faults.truncates = true;
  faults.no_tcp = true;
  return faults;
}

}  // namespace

TEST_CASE("the SERVFAIL of a forwarder is not called an authority that cannot be reached") {
  test::ResolvingHost home({test::kFirst});
  home.host(test::kFirst).faults.servfail = true;
  const auto told = ask(home);
  CHECK(told.code == Ede::NetworkError);
  CHECK(told.cause == "forwarder 192.0.2.1:53 answered SERVFAIL");
  CHECK(told.advice == "see the reason in the log of the forwarder, or use another forwarder");
}

TEST_CASE("a silent forwarder is reported with a time-out and advice") {
  test::ResolvingHost home({test::kFirst});
  home.host(test::kFirst).faults.silent = true;
  static_cast<void>(home.ask_and_wait("www.example"));
  home.network.run();
  REQUIRE(home.failures.seen.size() == 1);
  const auto errors = upstream::extended_errors(home.failures.seen[0]);
  CHECK(errors[0].code == Ede::NoReachableAuthority);
  CHECK(errors[0].text == "forwarder 192.0.2.1:53 timed out");
  CHECK(errors[1].text == "check that the forwarder runs, and that no firewall blocks it");
}

TEST_CASE("a forwarder that truncates and refuses TCP is told as such, and not as one that is down") {
  test::ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", test::kExampleZone);
  home.host(test::kFirst).faults = truncating_without_tcp();
  const auto told = ask(home);
  CHECK(told.code == Ede::NetworkError);
  CHECK(told.cause ==
        "forwarder 192.0.2.1:53 truncates its replies over UDP, and refused the connection over TCP");
  CHECK(told.advice == "let this host reach the forwarder over TCP, or use another forwarder");
}

TEST_CASE("behind failed keys stands the forwarder that did not send them") {
  test::ValidatingForwarder home({test::kFirst});
  auto& faults = home.host(test::kFirst).faults;
  SECTION("it refuses everything") {
    faults.lame = true;
    for (int i = 0; i < 2; ++i) {  // the second one is answered out of what was remembered of the keys
      const auto told = ask(home);
      CHECK(told.code != Ede::NoReachableAuthority);
      CHECK_THAT(told.cause, Catch::StartsWith("forwarder 192.0.2.1:53 answered REFUSED"));
      CHECK(told.advice == "let the forwarder allow queries of this host, or use another forwarder");
    }
  }
  SECTION("it truncates and refuses TCP") {
    faults = truncating_without_tcp();
    CHECK_THAT(ask(home).cause, Catch::StartsWith("forwarder 192.0.2.1:53 truncates its replies over UDP"));
  }
}

// The forwarder answers the question itself; only the keys are missing.
TEST_CASE("if a forwarder fails on keys only, its reply goes first and the keys second") {
  test::ValidatingForwarder home({test::kFirst});
  const auto rcode = GENERATE(wire::Rcode::Refused, wire::Rcode::ServFail);
  home.host(test::kFirst).script = [rcode](const wire::Question& question) -> std::optional<wire::Answer> {
    if (question.type != wire::Type::DNSKEY) return std::nullopt;
    wire::Answer failed;
    failed.rcode = rcode;
    return failed;
  };
  for (const auto* name : {"www.example", "mail.example", "none.example"}) {
    const auto& client = home.ask_and_wait(name);
    CAPTURE(name);
    CHECK(test::fails_with(client, Ede::DnssecIndeterminate));
    CHECK(test::reason(client) ==
          "forwarder 192.0.2.1:53 answered " + wire::to_text(rcode) + ", so keys of . could not be fetched");
  }
}

TEST_CASE("an authority that does not send keys is named too, and no forwarder is mentioned") {
  test::SignedTree home;
  home.host(test::SignedTree::kTreeServer).script =
      [](const wire::Question& question) -> std::optional<wire::Answer> {
    if (question.type != wire::Type::DNSKEY) return std::nullopt;
    wire::Answer failed;
    failed.rcode = wire::Rcode::ServFail;
    return failed;
  };
  const auto& client = home.ask_and_wait("www.example.test");
  CHECK(test::fails_with(client, Ede::DnssecIndeterminate));
  CHECK(
      test::reason(client) ==
      "192.0.2.11:53 of zone example.test. answered SERVFAIL, so keys of example.test. could not be fetched");
  for (const auto& error : client.got->answer.errors) CHECK_THAT(error.text, !Catch::Contains("forwarder"));
}

TEST_CASE("signatures that are missing on the way to the root are no matter of a forwarder") {
  test::SignedTree home;
  for (const auto server : {test::kRoot, test::SignedTree::kTldServer, test::SignedTree::kTreeServer}) {
    home.host(server).script = [&home, server](const wire::Question& question) {
      return std::optional(home.world.honest(home.host(server), question, sim::Proofs::LeftOut));
    };
  }
  const auto& client = home.ask_and_wait("www.example.test");
  REQUIRE(test::fails_with(client, Ede::RrsigsMissing));
  for (const auto& error : client.got->answer.errors) CHECK_THAT(error.text, !Catch::Contains("forwarder"));
  CHECK_THAT(client.got->answer.errors.at(1).text, Catch::Contains("dnssec.validate = false"));
}

// Another worker finds the records in the cache, which does not store their server.
TEST_CASE("keys without signatures that come out of the cache are told with the forwarder that sends them") {
  test::ValidatingForwarder home({test::kFirst});
  home.strip(test::kFirst);
  const auto& keys = home.ask(".", wire::Type::DNSKEY, cache::View::Unchecked);
  home.network.run_until([&] { return keys.got.has_value(); });
  const auto told = ask(home);
  CHECK(told.cause == "no signature over . DNSKEY, in the reply of forwarder 192.0.2.1:53");
  CHECK_THAT(told.advice, Catch::StartsWith("this forwarder removes DNSSEC signatures"));
}

TEST_CASE("of keys whose failure is cached the first cause is told, in another worker too") {
  test::ValidatingForwarder home({test::kFirst});
  home.host(test::kFirst).script = [](const wire::Question& question) -> std::optional<wire::Answer> {
    if (question.type != wire::Type::DNSKEY) return std::nullopt;
    wire::Answer failed;
    failed.rcode = wire::Rcode::Refused;
    return failed;
  };
  REQUIRE(home.ask_and_wait("mail.example").servfail());
  upstream::UpstreamSettings settings = test::forwarding_to({test::kFirst});
  settings.trust.anchors.add(sim::Signer({}, {}).trust_anchor());
  test::Failures failures;
  upstream::Resolver other(home.network, home.cache,
                           std::make_shared<const upstream::UpstreamSettings>(settings), failures);
  std::optional<cache::CachedAnswer> got;
  upstream::TaskSet tasks;
  const auto wait = [](upstream::Resolver& resolver, wire::Instant until,
                       std::optional<cache::CachedAnswer>& result) -> upstream::Task<void> {
    wire::Question question{wire::Name::literal("www.example"), wire::Type::A};
    result = co_await resolver.resolve(std::move(question), cache::View::Checked, until);
  };
  tasks.spawn(wait(other, home.network.now() + std::chrono::seconds{4}, got));
  home.network.run_until([&] { return got.has_value(); });
  REQUIRE(got->answer.errors.size() >= 2);
  CHECK(got->answer.errors[0].code == Ede::DnssecIndeterminate);
  CHECK(got->answer.errors[0].text ==
        "forwarder 192.0.2.1:53 answered REFUSED, so keys of . could not be fetched");
  CHECK(got->answer.errors[1].text ==
        "let the forwarder allow queries of this host, or use another forwarder");
  REQUIRE(failures.seen.size() == 1);
  CHECK(most_telling(failures.seen[0]).asked_as == upstream::AskedAs::Forwarder);
}
