#include <string>

#include <catch2/catch.hpp>

#include "wire/name.hpp"

namespace shirube::wire {

TEST_CASE("a name below a DNAME moves to its target") {
  const Name from = Name::literal("old.example");
  const Name to = Name::literal("new.test");
  CHECK(Name::literal("a.B.OLD.example").rebased(from, to)->value().text() == "a.B.new.test.");
  CHECK(Name::literal("a.old.example").rebased(from, Name{})->value().text() == "a.");
  CHECK(Name::literal("a.b").rebased(Name{}, to)->value().text() == "a.b.new.test.");
}

TEST_CASE("the owner of a DNAME itself and names beside it do not move") {
  const Name from = Name::literal("old.example");
  const Name to = Name::literal("new.test");
  CHECK_FALSE(Name::literal("old.example").rebased(from, to));
  CHECK_FALSE(Name::literal("bold.example").rebased(from, to));
  CHECK_FALSE(Name::literal("example").rebased(from, to));
}

TEST_CASE("a moved name that is too long is an error, not a cut name") {
  const std::string label(63, 'x');
  const Name to = Name::literal(label + "." + label + "." + label);  // 193 octets
  const Name from = Name::literal("f");
  CHECK(Name::literal(std::string(61, 'y') + ".f").rebased(from, to)->value().size() == 255);
  CHECK(Name::literal(std::string(62, 'y') + ".f").rebased(from, to)->error() == NameError::NameTooLong);
}

}  // namespace shirube::wire
