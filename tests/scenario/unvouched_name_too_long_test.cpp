#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Rcode;
using wire::Type;

namespace {

constexpr std::string_view kServer = "192.0.2.1";

std::string long_name(std::string_view below) {
  const std::string label(60, 'x');
  return fmt::format("{0}.{0}.{0}.{1}", label, below);
}

constexpr std::string_view kText =
    "www 300 A 192.0.2.80\nold 300 DNAME "
    "a-rather-long-label-to-which-things-have-been-moved.and-another-one-just-as-long\n";

}  // namespace

TEST_CASE("a name that a bogus DNAME makes too long is bogus") {
  test::SignedHost home;
  const auto zone = home.serve_signed("test", kText, {kServer});
  home.spoil(zone, "old.test", Type::DNAME, sim::bad_signature());
  CHECK(test::fails_with(home.ask_and_wait(long_name("old.test")), wire::Ede::DnssecBogus));
}

TEST_CASE("said of a zone that nobody signs it is believed, and not authentic") {
  test::SignedHost home;
  home.serve_signed("test", "", {kServer});
  home.serve("plain.test", "www 300 A 192.0.2.80\n", {"192.0.2.2"});
  home.host("192.0.2.2").script = [](const wire::Question&) {
    wire::Answer answer;
    answer.authoritative = true;
    answer.rcode = Rcode::YxDomain;
    return std::optional(answer);
  };
  const auto& client = home.ask_and_wait("www.plain.test");
  CHECK(client.got->answer.rcode == Rcode::YxDomain);
  CHECK_FALSE(client.got->answer.authentic);
}
