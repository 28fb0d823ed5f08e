// How a name is answered: the longest zone that the configuration has for it decides, else the mode.
#include "upstream/route.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/upstream/samples.hpp"

using namespace shirube;
using namespace shirube::upstream::samples;
using upstream::choose_route;
using upstream::Mode;
using upstream::Route;
using upstream::RouteKind;
using upstream::UpstreamSettings;
using wire::Type;

TEST_CASE("without zones the mode decides") {
  UpstreamSettings settings;
  CHECK(choose_route(settings, question("www.example.")) == Route{RouteKind::Walk, nullptr});
  settings.mode = Mode::Forward;
  CHECK(choose_route(settings, question("www.example.")) == Route{RouteKind::Nowhere, nullptr});
}

TEST_CASE("the longest zone wins, whoever offers it") {
  UpstreamSettings settings;
  settings.forwards = {{name("."), {}}, {name("a.office."), {}}};
  settings.stubs = {{name("office."), {}}};
  settings.iterated = {name("bl.a.office.")};
  const auto to = [&](std::string_view text) { return choose_route(settings, question(text)); };
  CHECK(to("www.example.") == Route{RouteKind::Forward, &settings.forwards[0]});
  CHECK(to("office.") == Route{RouteKind::Stub, &settings.stubs[0]});
  CHECK(to("www.OFFICE.") == Route{RouteKind::Stub, &settings.stubs[0]});
  CHECK(to("x.a.office.") == Route{RouteKind::Forward, &settings.forwards[1]});
  CHECK(to("1.bl.a.office.") == Route{RouteKind::Walk, nullptr});
  CHECK(to("backoffice.") == Route{RouteKind::Forward, &settings.forwards[0]});
}

TEST_CASE("of one zone named twice a stub goes before a DNSBL, and a DNSBL before a forward") {
  UpstreamSettings settings;
  settings.forwards = {{name("bl.example."), {}}};
  CHECK(choose_route(settings, question("1.bl.example.")).kind == RouteKind::Forward);
  settings.iterated = {name("bl.example.")};
  CHECK(choose_route(settings, question("1.bl.example.")).kind == RouteKind::Walk);
  settings.stubs = {{name("bl.example."), {}}};
  CHECK(choose_route(settings, question("1.bl.example.")) == Route{RouteKind::Stub, &settings.stubs[0]});
}

TEST_CASE("the DS of a zone's own name goes where its parent's names go") {
  UpstreamSettings settings;
  settings.forwards = {{name("office."), {}}};
  CHECK(choose_route(settings, question("office.", Type::DS)).kind == RouteKind::Walk);
  CHECK(choose_route(settings, question("office.", Type::DNSKEY)).kind == RouteKind::Forward);
  CHECK(choose_route(settings, question("a.office.", Type::DS)).kind == RouteKind::Forward);
  settings.forwards = {{name("."), {}}};
  CHECK(choose_route(settings, question(".", Type::DS)).kind == RouteKind::Forward);
}

TEST_CASE("only stubs and the way from the root walk") {
  CHECK(Route{RouteKind::Stub}.walks());
  CHECK(Route{RouteKind::Walk}.walks());
  CHECK_FALSE(Route{RouteKind::Forward}.walks());
  CHECK_FALSE(Route{RouteKind::Nowhere}.walks());
}

TEST_CASE("a forward or stub of a local zone, or of one below it that holds the name, goes before it") {
  UpstreamSettings settings;
  settings.forwards = {{name("10.in-addr.arpa."), {}}};
  settings.stubs = {{name("2.168.192.in-addr.arpa."), {}}};
  const auto overrides = [&](std::string_view text, std::string_view zone) {
    return upstream::overrides_local(settings, name(text), name(zone));
  };
  CHECK(overrides("1.0.0.10.in-addr.arpa.", "10.in-addr.arpa."));
  CHECK(overrides("1.2.168.192.in-addr.arpa.", "168.192.in-addr.arpa."));
  CHECK_FALSE(overrides("1.3.168.192.in-addr.arpa.", "168.192.in-addr.arpa."));
  CHECK_FALSE(overrides("168.192.in-addr.arpa.", "168.192.in-addr.arpa."));
}

TEST_CASE("a forward of a zone above a local one leaves that local") {
  UpstreamSettings settings;
  settings.forwards = {{name("."), {}}};
  settings.iterated = {name("10.in-addr.arpa.")};
  CHECK_FALSE(upstream::overrides_local(settings, name("1.10.in-addr.arpa."), name("10.in-addr.arpa.")));
  CHECK_FALSE(upstream::overrides_local(settings, name("localhost."), name("localhost.")));
}
