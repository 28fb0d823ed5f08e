// What the servers of one route and zone are believed about (MaginotDNS, CVE-2021-25220).
#include <catch2/catch.hpp>

#include "tests/unit/upstream/samples.hpp"
#include "upstream/route.hpp"

using namespace shirube;
using namespace shirube::upstream::samples;
using upstream::Purview;
using upstream::RouteKind;
using upstream::UpstreamSettings;
using wire::Type;

namespace {

// One forward for all but a stub, and a DNSBL that is iterated.
[[nodiscard]] UpstreamSettings mixed() {
  UpstreamSettings settings;
  settings.forwards = {{name("."), {}}};
  settings.stubs = {{name("home."), {}}};
  settings.iterated = {name("bl.example.")};
  return settings;
}

}  // namespace

TEST_CASE("a forwarder says nothing about names that a stub or the walk answers") {
  const auto settings = mixed();
  const wire::Name root;
  const Purview forwarder(settings, {RouteKind::Forward, &settings.forwards[0]}, root);
  CHECK(forwarder.zone() == root);
  CHECK(forwarder.holds(name("www.example."), Type::A));
  CHECK_FALSE(forwarder.holds(name("nas.home."), Type::A));
  CHECK_FALSE(forwarder.holds(name("1.bl.example."), Type::A));
}

TEST_CASE("servers of the walk say nothing about names of a forwarder or a stub") {
  const auto settings = mixed();
  const wire::Name root;
  const Purview walk(settings, {RouteKind::Walk, nullptr}, root);
  CHECK(walk.holds(name("1.bl.example."), Type::A));
  CHECK_FALSE(walk.holds(name("www.example."), Type::A));
  CHECK_FALSE(walk.holds(name("nas.home."), Type::A));
}

TEST_CASE("servers of a zone say nothing about names outside it") {
  const UpstreamSettings settings;
  const auto zone = name("example.");
  const Purview walk(settings, {RouteKind::Walk, nullptr}, zone);
  CHECK(walk.holds(name("Example."), Type::A));
  CHECK(walk.holds(name("a.b.example."), Type::A));
  CHECK_FALSE(walk.holds(name("example.org."), Type::A));
  CHECK_FALSE(walk.holds(name("badexample."), Type::A));
  CHECK_FALSE(walk.holds(name("."), Type::A));
}

TEST_CASE("the DS of a stub's own zone is its parent's") {
  const auto settings = mixed();
  const auto home = name("home.");
  const wire::Name root;
  const Purview stub(settings, {RouteKind::Stub, &settings.stubs[0]}, home);
  CHECK(stub.holds(home, Type::A));
  CHECK_FALSE(stub.holds(home, Type::DS));
  CHECK(Purview(settings, {RouteKind::Forward, &settings.forwards[0]}, root).holds(home, Type::DS));
}
