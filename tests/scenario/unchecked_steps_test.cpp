// A denial of a shortened question is not checked in plain case. It leads walks, and no client gets it.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/judged.hpp"

using namespace shirube;
using sim::CaseSaid;
using test::IteratingHost;
using wire::Type;

namespace {

constexpr std::string_view kServer = "192.0.2.1";
constexpr std::string_view kStep = "some-quite-long-name-with-letters.example.";
constexpr auto kRecords =
    "some-quite-long-name-with-letters 300 A 192.0.2.80\n"
    "some-quite-long-name-with-letters 300 MX 10 mail\n"
    "*.some-quite-long-name-with-letters 300 A 192.0.2.81\n"
    "*.empty-with-quite-many-letters 300 A 192.0.2.82\n";

constexpr CaseSaid kDenials[] = {CaseSaid::NxDomain, CaseSaid::NoData};

[[nodiscard]] std::string below(std::string_view label, std::string_view name = kStep) {
  return fmt::format("{}.{}", label, name);
}

const test::Client& ask_unvalidated(test::AskingHost& home, std::string_view name, Type type) {
  auto& client = home.ask(name, type, cache::View::Unchecked);
  home.network.run_until([&client] { return client.got.has_value(); });
  return client;
}

}  // namespace

TEST_CASE(
    "the denial of a shortened question by a server that compares with case hides no record of its name") {
  for (const auto said : kDenials) {
    INFO("says " << static_cast<int>(said));
    IteratingHost home;
    home.serve("example.", kRecords, {kServer});
    home.host(kServer).faults.compares_case = said;
    CHECK(test::got_address(home.ask_and_wait(below("another-name-with-letters")), "192.0.2.81"));
    CHECK(test::got_address(home.ask_and_wait(kStep), "192.0.2.80"));
    CHECK(home.ask_and_wait(kStep, Type::MX).records() == 1);
    CHECK(home.quiet());
  }
}

TEST_CASE("while validation is on, such a denial hides no record from clients with CD, either") {
  for (const auto said : kDenials) {
    INFO("says " << static_cast<int>(said));
    test::SignedHost home;
    home.serve("example.", kRecords, {kServer});
    home.host(kServer).faults.compares_case = said;
    CHECK(test::got_address(home.ask_and_wait(below("another-name-with-letters")), "192.0.2.81"));
    CHECK(test::got_address(ask_unvalidated(home, kStep, Type::A), "192.0.2.80"));
    CHECK(ask_unvalidated(home, kStep, Type::MX).records() == 1);
    CHECK(home.quiet());
  }
}

TEST_CASE("a client does not get the denial of a shortened question that is in flight as it asks") {
  for (const auto said : kDenials) {
    INFO("says " << static_cast<int>(said));
    IteratingHost home;
    home.serve("example.", kRecords, {kServer});
    home.host(kServer).faults.compares_case = said;
    CHECK(home.ask_and_wait("example.", Type::SOA).records() == 1);
    const auto& below_it = home.ask(below("another-name-with-letters"));
    const auto& itself = home.ask(kStep);
    CHECK(home.quiet());
    CHECK(test::got_address(below_it, "192.0.2.81"));
    CHECK(test::got_address(itself, "192.0.2.80"));
  }
}

TEST_CASE("a denial of a shortened question takes the place of no record of its name") {
  IteratingHost home;
  home.serve("example.", kRecords, {kServer});
  CHECK(home.ask_and_wait(kStep, Type::MX).records() == 1);
  home.host(kServer).faults.compares_case = CaseSaid::NxDomain;
  home.network.advance(upstream::kCaseBlindMemory);
  CHECK(home.ask_and_wait(kStep, Type::MX).records() == 1);
  home.host(kServer).faults.silent = true;
  CHECK(home.ask_and_wait(kStep, Type::MX).records() == 1);
  CHECK(home.quiet());
}

TEST_CASE("walks at the same moment and later ones share a shortened question that was denied unchecked") {
  IteratingHost home;
  home.serve("example.", kRecords, {kServer});
  constexpr std::string_view kEmpty = "empty-with-quite-many-letters.example.";
  CHECK(home.ask_and_wait("example.", Type::SOA).records() == 1);
  const auto before = home.sent_to(kServer);
  for (int i = 0; i < 20; ++i) static_cast<void>(home.ask(below(fmt::format("n{}", i), kEmpty)));
  CHECK(home.quiet());
  CHECK(home.sent_to(kServer) == before + 1 + 20);
  CHECK(home.ask_and_wait(below("later", kEmpty)).records() == 1);
  CHECK(home.sent_to(kServer) == before + 1 + 20 + 1);
  // The name itself is asked for as a whole once, and then known.
  for (int i = 0; i < 2; ++i) CHECK(home.ask_and_wait(kEmpty).records() == 0);
  CHECK(home.sent_to(kServer) == before + 1 + 20 + 1 + 1);
  CHECK(home.quiet());
}
