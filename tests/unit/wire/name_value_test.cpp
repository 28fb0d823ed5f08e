#include <string>
#include <utility>

#include <catch2/catch.hpp>

#include "wire/name.hpp"

namespace shirube::wire {
namespace {

// Names of 48 octets live inside the object, of 49 on the heap.
Name name_of_size(std::size_t size) { return Name::literal(std::string(size - 2, 'x')); }

}  // namespace

TEST_CASE("copies and moves keep the name, short or long") {
  for (const std::size_t size : {3U, 47U, 48U, 49U, 65U}) {
    const Name original = name_of_size(size);
    REQUIRE(original.size() == size);
    Name copy = original;
    CHECK(copy == original);
    Name moved = std::move(copy);
    CHECK(moved == original);
    for (const std::size_t other : {3U, 48U, 49U, 65U}) {
      Name target = name_of_size(other);
      target = original;
      CHECK(target == original);
      Name source = name_of_size(other);
      target = std::move(source);
      CHECK(target == name_of_size(other));
    }
  }
}

TEST_CASE("a name assigned to itself stays") {
  Name name = name_of_size(60);
  const Name& alias = name;
  name = alias;
  CHECK(name == name_of_size(60));
}

TEST_CASE("a moved-from long name is the root") {
  Name name = name_of_size(60);
  const Name taken = std::move(name);
  CHECK(name.is_root());  // NOLINT(bugprone-use-after-move): the state after it is what is tested
  CHECK(taken == name_of_size(60));
}

TEST_CASE("labels can be taken off and put on") {
  const Name name = Name::literal("a.b.example");
  CHECK(name.parent().text() == "b.example.");
  CHECK(name.suffix(0).is_root());
  CHECK(name.suffix(1).text() == "example.");
  CHECK(name.suffix(3) == name);
  CHECK(name.child("x")->text() == "x.a.b.example.");
  CHECK(Name{}.child("x")->text() == "x.");
  CHECK(Name::literal("*.example").is_wildcard());
  CHECK_FALSE(Name::literal("*a.example").is_wildcard());
  CHECK_FALSE(Name{}.is_wildcard());
  CHECK(Name{}.first_label().empty());
}

TEST_CASE("a child that breaks a limit is refused with its reason") {
  CHECK(Name{}.child("").error() == NameError::EmptyLabel);
  CHECK(Name{}.child(std::string(64, 'a')).error() == NameError::LabelTooLong);
  const std::string label(63, 'a');
  const Name three = Name::literal(label + "." + label + "." + label);
  CHECK(three.child(std::string(61, 'b'))->size() == 255);
  CHECK(three.child(std::string(62, 'b')).error() == NameError::NameTooLong);
}

}  // namespace shirube::wire
