#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"
#include "upstream/askable.hpp"

using namespace shirube;
using test::IteratingHost;

namespace {

// Who must never get a packet because the DNS says so.
constexpr std::string_view kForbidden[] = {
    "0.0.0.0", "127.0.0.1",  "10.1.2.3",       "192.0.2.53",       "::",          "::1",
    "fe80::1", "2001:db8::", "::ffff:0.0.0.0", "::ffff:127.0.0.1", "2001:db8::53"};

[[nodiscard]] upstream::UpstreamSettings cautious() {
  upstream::UpstreamSettings settings;
  for (const auto* prefix : {"127.0.0.0/8", "10.0.0.0/8", "::1/128", "fe80::/10", "2001:db8::/120"})
    settings.do_not_query.push_back(*wire::Prefix::parse(prefix));
  for (const auto* own : {"192.0.2.53", "[2001:db8::53]"})
    settings.own.push_back(*wire::Endpoint::parse(own, wire::kDnsPort));
  return settings;
}

[[nodiscard]] std::string server_at(std::string_view name, std::string_view address) {
  const auto* type = address.find(':') == std::string_view::npos ? "A" : "AAAA";
  return fmt::format("{} 300 {} {}\n", name, type, address);
}

[[nodiscard]] std::size_t packets_to(const IteratingHost& home, std::string_view address) {
  const auto is_to_it = [&](const auto& sent) {
    return sent.server.address == *wire::Address::parse(address);
  };
  return static_cast<std::size_t>(std::ranges::count_if(home.network.sent(), is_to_it));
}

}  // namespace

TEST_CASE("addresses that must not be asked get no packet, as glue and as looked up") {
  for (const auto address : kForbidden) {
    IteratingHost home({.settings = cautious()});
    home.world.zone(0).add("evil. 300 NS ns.evil.\nbad. 300 NS ns.hoster.\n" +
                           server_at("ns.evil.", address));
    home.serve("hoster.", server_at("ns", address), {"192.0.2.1"});
    for (const auto* name : {"www.evil.", "www.bad."}) CHECK(home.ask_and_wait(name).servfail());
    CHECK(packets_to(home, address) == 0);
    CHECK(home.sent() <= 8);
    CHECK(home.quiet());
  }
}

TEST_CASE("one forbidden address does not bar the others") {
  IteratingHost home({.settings = cautious()});
  home.serve("example.", "@ 300 NS ns\nns 300 A 127.0.0.1\nns 300 A 192.0.2.1\nwww 300 A 192.0.2.80\n",
             {"192.0.2.1"});
  CHECK(test::got_address(home.ask_and_wait("www.example."), "192.0.2.80"));
  CHECK(home.quiet());
}
