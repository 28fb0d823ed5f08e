#include <string>

#include <catch2/catch.hpp>

#include "wire/name.hpp"

namespace shirube::wire {
namespace {

NameError error_of(std::string_view text) { return Name::parse(text).error(); }

}  // namespace

TEST_CASE("a name is read with and without its final dot") {
  CHECK(Name::parse("www.Example")->text() == "www.Example.");
  CHECK(Name::parse("www.Example.")->text() == "www.Example.");
  CHECK(Name::parse(".")->text() == ".");
  CHECK(Name::parse(".")->is_root());
}

TEST_CASE("escapes are read, and written where a reader would stumble") {
  const auto name = Name::parse("a\\.b\\032\\000\\255.c\\\\d");
  REQUIRE(name);
  CHECK(name->text() == "a\\.b\\032\\000\\255.c\\\\d.");
  CHECK(name->label_count() == 2);
  CHECK(Name::parse("\\119\\119\\119")->text() == "www.");
  CHECK(Name::parse("\\;\\@")->text() == "\\;\\@.");
}

TEST_CASE("text that is not a name is refused with its reason") {
  CHECK(error_of("") == NameError::Empty);
  CHECK(error_of("a..b") == NameError::EmptyLabel);
  CHECK(error_of(".a") == NameError::EmptyLabel);
  CHECK(error_of("..") == NameError::EmptyLabel);
  CHECK(error_of("a\\") == NameError::BadEscape);
  CHECK(error_of("a\\25") == NameError::BadEscape);
  CHECK(error_of("a\\2x5") == NameError::BadEscape);
  CHECK(error_of("a\\256") == NameError::BadEscape);
}

TEST_CASE("labels hold 63 octets and no more") {
  CHECK(Name::parse(std::string(63, 'a') + ".b")->size() == 67);
  CHECK(error_of(std::string(64, 'a') + ".b") == NameError::LabelTooLong);
}

TEST_CASE("names hold 255 octets and no more") {
  const std::string three =
      std::string(63, 'a') + "." + std::string(63, 'b') + "." + std::string(63, 'c') + ".";
  CHECK(Name::parse(three + std::string(61, 'd'))->size() == 255);
  CHECK(Name::parse(three + std::string(61, 'd') + ".")->size() == 255);
  CHECK(error_of(three + std::string(62, 'd')) == NameError::NameTooLong);
  CHECK(error_of(three + std::string(61, 'd') + ".e") == NameError::NameTooLong);

  std::string most_labels;
  for (std::size_t i = 0; i < kMaxLabels; ++i) most_labels += "x.";
  CHECK(Name::parse(most_labels)->label_count() == kMaxLabels);
  CHECK(error_of(most_labels + "x.") == NameError::NameTooLong);
}

}  // namespace shirube::wire
