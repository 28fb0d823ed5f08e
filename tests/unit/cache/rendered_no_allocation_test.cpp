// The hit path of the rendered cache allocates nothing: every operator new of this executable is counted.
#include <catch2/catch.hpp>

#include "tests/support/counted_allocations.hpp"
#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;

using shirube::test::allocations;

TEST_CASE("find() and write_reply() allocate nothing, hit or miss") {
  RenderedCache cache(kPlenty, kSeed);
  const auto name = wire::Name::literal("a-name-that-is-longer-than-what-any-object-keeps-inside.example.");
  const auto missing = wire::Name::literal("missing.example.");
  const auto asked =
      query("A-name-that-is-longer-than-what-any-object-keeps-inside.example.", 7, true, false);
  const auto before_insert = allocations.load();
  cache.insert(rendered_key(name), reply({name}, {a_record("x.example.", 300)}), at(0), at(300), at(270));
  REQUIRE(allocations.load() > before_insert);

  wire::Bytes out(512);
  std::size_t written = 0;
  const auto before = allocations.load();
  const Rendered* found = cache.find(rendered_key(name), at(1));
  const Rendered* not_found = cache.find(rendered_key(missing), at(1));
  const Rendered* expired = cache.find(rendered_key(name), at(300));
  if ((found = cache.find(rendered_key(name), at(1))) != nullptr) {
    written = RenderedCache::write_reply(*found, asked, at(2), out);
  }
  const auto after = allocations.load();

  CHECK(after == before);
  CHECK(written > 100);
  CHECK(not_found == nullptr);
  CHECK(expired == nullptr);
}
