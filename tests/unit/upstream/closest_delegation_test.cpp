// Where a walk begins: at the nearest zone whose servers are known, of its own tree.
#include <catch2/catch.hpp>

#include "tests/unit/upstream/samples.hpp"
#include "upstream/delegation.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using namespace shirube::upstream::samples;
using upstream::RouteKind;
using upstream::Tree;

namespace {

constexpr wire::Instant kNow{1000s};

struct Known {
  explicit Known(const Lines& cuts) {
    for (const auto& cut : cuts) cache.store_delegation(record(cut), {}, kNow + 1h, kNow);
  }
  // The zone nearest above `of`; "" when there is none.
  [[nodiscard]] std::string nearest(std::string_view of, const upstream::ZoneServers* stub = nullptr,
                                    wire::Instant now = kNow) const {
    const auto kind = stub == nullptr ? RouteKind::Walk : RouteKind::Stub;
    const auto found = upstream::closest_delegation(cache, Tree(settings, {kind, stub}), name(of), now);
    return found ? found->zone.text() : std::string();
  }
  cache::AnswerCache cache{{}, std::size_t{16} << 20, 1};
  upstream::UpstreamSettings settings;
};

}  // namespace

TEST_CASE("the nearest zone above a name is taken, or the zone of the name itself") {
  const Known known({". 300 IN NS a.", "test. 200 IN NS a.", "b.example.test. 100 IN NS a."});
  CHECK(known.nearest("b.example.test.") == "b.example.test.");
  CHECK(known.nearest("a.B.Example.test.") == "b.example.test.");
  CHECK(known.nearest("example.test.") == "test.");
  CHECK(known.nearest("org.") == ".");
  CHECK(known.nearest("a.b.example.test.", nullptr, kNow + 100s) == "test.");
  CHECK(known.nearest("a.b.example.test.", nullptr, kNow + 200s) == ".");
  CHECK(known.nearest("a.b.example.test.", nullptr, kNow + 300s).empty());
}

TEST_CASE("it comes with the time for which it was learnt") {
  const Known known({"test. 200 IN NS a."});
  const auto found = upstream::closest_delegation(known.cache, Tree(known.settings, {RouteKind::Walk}),
                                                  name("test."), kNow + 1s);
  REQUIRE(found);
  CHECK(found->learnt == kNow);
  CHECK(found->expires == kNow + 200s);
}

TEST_CASE("a walk from the root does not go by zones of a stub, nor the other way round") {
  Known known({". 300 IN NS a.", "home. 300 IN NS a.", "lan.home. 300 IN NS a."});
  known.settings.stubs.push_back({name("home."), {endpoint("192.0.2.53")}});
  const auto* home = &known.settings.stubs.front();
  CHECK(known.nearest("www.lan.home.") == ".");
  CHECK(known.nearest("www.lan.home.", home) == "lan.home.");
  // The stub's own servers were named by hand; what the public tree says of the zone does not count.
  CHECK(known.nearest("www.home.", home).empty());
}

TEST_CASE("a tree holds the zones whose names its own route answers") {
  upstream::UpstreamSettings settings;
  settings.stubs = {{name("home."), {}}, {name("lan.home."), {}}};
  settings.forwards = {{name("office."), {}}};
  const Tree root(settings, {RouteKind::Walk, nullptr});
  const Tree home(settings, {RouteKind::Stub, &settings.stubs[0]});
  CHECK(root.stub() == nullptr);
  CHECK(root.holds(name(".")));
  CHECK(root.holds(name("example.")));
  CHECK_FALSE(root.holds(name("home.")));
  CHECK_FALSE(root.holds(name("a.lan.home.")));
  CHECK(home.stub() == &settings.stubs[0]);
  CHECK(home.holds(name("home.")));
  CHECK(home.holds(name("a.Home.")));
  CHECK_FALSE(home.holds(name("lan.home.")));
  CHECK_FALSE(home.holds(name(".")));
}
