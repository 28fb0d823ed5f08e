// RFC 9156: how much of a name each server on the way gets to see.
#include "upstream/minimiser.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/upstream/samples.hpp"

using namespace shirube;
using namespace shirube::upstream::samples;
using upstream::Minimiser;
using wire::Type;

namespace {

// How many labels are shown, step by step, until the whole question is: every name on the way exists, and
// none of them is a zone.
[[nodiscard]] std::vector<std::size_t> labels_shown(const wire::Question& asked, std::size_t zone_labels) {
  std::vector<std::size_t> shown;
  Minimiser minimiser(asked, true);
  auto step = minimiser.next(zone_labels);
  for (; !step.whole; step = minimiser.next(zone_labels)) {
    CHECK(asked.name.is_within(step.question.name));
    shown.push_back(step.question.name.label_count());
    minimiser.count();
    minimiser.exists(step.question.name);
  }
  CHECK(step.question == asked);
  return shown;
}

[[nodiscard]] wire::Name name_of_labels(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "a.";
  return name(text);
}

using Shown = std::vector<std::size_t>;

}  // namespace

TEST_CASE("a shortened question asks for A, the whole one for what the client asked") {
  Minimiser minimiser(question("www.example.test.", Type::MX), true);
  const auto first = minimiser.next(0);
  CHECK_FALSE(first.whole);
  CHECK(first.question == question("test.", Type::A));
  const auto last = minimiser.next(2);
  CHECK(last.whole);
  CHECK(last.question == question("www.example.test.", Type::MX));
}

TEST_CASE("without minimisation the root's servers see the whole question") {
  const Minimiser minimiser(question("www.example.test."), false);
  CHECK(minimiser.next(0).whole);
  CHECK(minimiser.next(0).question == question("www.example.test."));
}

TEST_CASE("the question begins below the zone or below what is known to exist, whichever is nearer") {
  Minimiser minimiser(question("a.b.c.d.e."), true);
  CHECK(minimiser.next(2).question.name == name("c.d.e."));
  minimiser.exists(name("c.d.e."));
  CHECK(minimiser.next(2).question.name == name("b.c.d.e."));
  minimiser.exists(name("e."));
  CHECK(minimiser.next(2).question.name == name("b.c.d.e."));
  CHECK(minimiser.next(1).question.name == name("b.c.d.e."));
}

TEST_CASE("the last label goes out with the type that was asked for") {
  CHECK(labels_shown(question("www.example."), 1).empty());
  CHECK(labels_shown(question("example."), 0).empty());
  CHECK(labels_shown(question("."), 0).empty());
  CHECK(labels_shown(question("a.www.example."), 1) == Shown{2});
}

TEST_CASE("four questions add one label each, later ones share what is left among the rest of ten") {
  CHECK(labels_shown({name_of_labels(10)}, 0) == Shown{1, 2, 3, 4, 5, 6, 7, 8, 9});
  CHECK(labels_shown({name_of_labels(16)}, 0) == Shown{1, 2, 3, 4, 6, 8, 10, 12, 14});
  CHECK(labels_shown({name_of_labels(127)}, 0) == Shown{1, 2, 3, 4, 25, 46, 67, 87, 107});
}

TEST_CASE("after ten shortened questions the whole one goes out, even if none of them led on") {
  Minimiser minimiser({name_of_labels(127)}, true);
  for (unsigned i = 0; i < upstream::kMaxMinimisedQueries; ++i) minimiser.count();
  CHECK(minimiser.next(0).whole);
}

TEST_CASE("from an underscore on the rest is asked for at once") {
  CHECK(labels_shown(question("_25._tcp.mail.example.", Type::TXT), 1) == Shown{2});
  CHECK(labels_shown(question("a.b._dmarc.example.", Type::TXT), 1).empty());
  CHECK(labels_shown(question("a.my_host.example."), 1) == Shown{2});
}

TEST_CASE("a question that adds several labels ends before an underscore") {
  // Without it the steps would be 1, 2, 3, 4, 6, 8, 10, 12, 14.
  const auto asked = question("a.b.c.d.e._f.g.h.i.j.k.l.m.n.o.p.");
  CHECK(labels_shown(asked, 0) == Shown{1, 2, 3, 4, 6, 8, 10});
  const auto odd = question("a.b.c.d.e.f._g.h.i.j.k.l.m.n.o.p.");
  CHECK(labels_shown(odd, 0) == Shown{1, 2, 3, 4, 6, 8, 9});
}

TEST_CASE("a server that fails on a shortened name gets the whole one, and so do all after it") {
  Minimiser minimiser(question("a.b.c.d."), true);
  REQUIRE_FALSE(minimiser.next(0).whole);
  minimiser.give_up();
  CHECK(minimiser.next(0).whole);
  CHECK(minimiser.next(1).question == question("a.b.c.d."));
}
