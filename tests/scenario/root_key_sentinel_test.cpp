// RFC 8509: by names of one zone anybody can tell which root keys are trusted here.
#include <catch2/catch.hpp>

#include "tests/support/serving_host.hpp"
#include "wire/presentation.hpp"

using namespace shirube;
using wire::Rcode;

namespace {

constexpr auto kIsTrusted = "root-key-sentinel-is-ta-20326.example.";
constexpr auto kIsNotTrusted = "root-key-sentinel-is-ta-19036.example.";
constexpr auto kNotTrusted = "root-key-sentinel-not-ta-20326.example.";

// Has validated the addresses of all three names, or has not.
struct Home {
  explicit Home(cache::Rank rank) {
    const auto now = host.network.now();
    for (const auto* name : {kIsTrusted, kIsNotTrusted, kNotTrusted}) {
      const auto address = *wire::parse_record(std::string(name) + " 300 IN A 192.0.2.1");
      CHECK(host.cache.store_data(address, rank, cache::View::Checked, now));
      CHECK(host.cache.store_data(address, cache::Rank::Answer, cache::View::Unchecked, now));
    }
    auto settings = std::make_shared<conf::Settings>(*host.serving->settings);
    settings->upstream.trust.anchors.add(dnssec::built_in_root_anchor());
    host.service.set_serving(server::make_serving(settings, false), std::size_t{1} << 20);
  }
  [[nodiscard]] wire::Header header_for(const char* name, const test::Ask& as = {}) {
    return wire::read_header(host.ask(test::query(name, as)));
  }
  [[nodiscard]] Rcode rcode_for(const char* name, const test::Ask& as = {}) {
    return Rcode{header_for(name, as).rcode_low};
  }

  test::ServingHost host;
};

}  // namespace

TEST_CASE("names that ask the root key question right are answered, others fail, again and again") {
  Home home(cache::Rank::Validated);
  for (int i = 0; i < 3; ++i) {
    CHECK(home.rcode_for(kIsTrusted) == Rcode::NoError);
    CHECK(home.rcode_for(kIsNotTrusted) == Rcode::ServFail);
    CHECK(home.rcode_for(kNotTrusted) == Rcode::ServFail);
  }
  CHECK_FALSE(home.header_for(kNotTrusted, {.edns_size = 1232, .dnssec_ok = true}).ad);
  CHECK(home.host.sent() == 0);
}

TEST_CASE("who checks himself gets the truth about a sentinel's name") {
  Home home(cache::Rank::Validated);
  CHECK(home.rcode_for(kNotTrusted, {.checking_disabled = true}) == Rcode::NoError);
  CHECK(home.rcode_for(kNotTrusted) == Rcode::ServFail);
  CHECK(home.rcode_for(kNotTrusted, {.checking_disabled = true}) == Rcode::NoError);
}

TEST_CASE("a sentinel's name whose answer is not secure tells nothing") {
  Home home(cache::Rank::Answer);
  CHECK(home.rcode_for(kIsNotTrusted) == Rcode::NoError);
  CHECK(home.rcode_for(kNotTrusted) == Rcode::NoError);
}
