#include <string>

#include <catch2/catch.hpp>

#include "tests/unit/wire/raw_message.hpp"

namespace shirube::wire {
namespace {

using tests::RawMessage;

RawMessage with_header() { return RawMessage().header(0x8180, 0); }

NameError error_at(const RawMessage& message, std::size_t offset) {
  const auto skipped = skip_name(message.view(), offset);
  const auto read = read_name(message.view(), offset);
  REQUIRE_FALSE(read);
  REQUIRE_FALSE(skipped);
  CHECK(read.error() == skipped.error());
  return read.error();
}

}  // namespace

TEST_CASE("pointers are followed and the offset behind the first one is given") {
  const RawMessage message =
      with_header().name("example.org").u8(1).text("a").pointer(12).u8(1).text("b").pointer(25);
  const auto a = read_name(message.view(), 25);
  REQUIRE(a);
  CHECK(a->name.text() == "a.example.org.");
  CHECK(a->next == 29);
  const auto b = read_name(message.view(), 29);
  REQUIRE(b);
  CHECK(b->name.text() == "b.a.example.org.");
  CHECK(b->next == 33);
  CHECK(skip_name(message.view(), 29) == 33);
  CHECK(read_name(message.view(), 12)->next == 25);
}

TEST_CASE("a pointer to itself, forwards or into its own name is refused") {
  CHECK(error_at(with_header().pointer(12), 12) == NameError::BadPointer);
  CHECK(error_at(with_header().pointer(14).u8(0), 12) == NameError::BadPointer);
  CHECK(error_at(with_header().u8(1).text("a").pointer(12), 12) == NameError::BadPointer);
  // Backwards, but to where the part of the name that it ends began or later.
  CHECK(error_at(with_header().u8(1).text("a").u8(1).text("b").pointer(14), 12) == NameError::BadPointer);
}

TEST_CASE("two names that point at each other are refused from both sides") {
  const RawMessage message = with_header().u8(1).text("a").pointer(16).u8(1).text("b").pointer(12);
  CHECK(error_at(message, 12) == NameError::BadPointer);
  CHECK(error_at(message, 16) == NameError::BadPointer);
}

TEST_CASE("a pointer into the header is refused") {
  CHECK(error_at(with_header().pointer(0), 12) == NameError::BadPointer);
  CHECK(error_at(with_header().pointer(11), 12) == NameError::BadPointer);
}

TEST_CASE("a chain of pointers has a longest length") {
  RawMessage message = with_header().u8(0);
  std::size_t target = 12;
  for (std::size_t i = 0; i < kMaxPointersInName; ++i) {
    const std::size_t here = message.size();
    message.pointer(target);
    target = here;
  }
  CHECK(read_name(message.view(), target)->name.is_root());
  message.pointer(target);
  CHECK(error_at(message, message.size() - 2) == NameError::BadPointer);
}

TEST_CASE("labels of the reserved kinds are refused") {
  CHECK(error_at(with_header().u8(0x40).u8(0), 12) == NameError::LabelTooLong);
  CHECK(error_at(with_header().u8(0x80).u8(0), 12) == NameError::LabelTooLong);
}

TEST_CASE("a name that is cut off is refused wherever it is cut") {
  const RawMessage whole = with_header().name("ab.cd").u8(1).text("x").pointer(12);
  for (std::size_t size = 19; size < whole.size(); ++size) {
    CHECK(read_name(whole.view().first(size), 19).error() == NameError::Truncated);
  }
  CHECK(read_name(whole.view(), whole.size()).error() == NameError::Truncated);
  CHECK(read_name(whole.view(), whole.size() + 7).error() == NameError::Truncated);
}

TEST_CASE("pointers can not make a name longer than 255 octets") {
  RawMessage message = with_header().name(std::string(63, 'a') + "." + std::string(63, 'b'));  // 129 octets
  const std::size_t second = message.size();
  message.u8(63).text(std::string(63, 'c')).pointer(12);  // 193
  const std::size_t third = message.size();
  message.u8(61).text(std::string(61, 'd')).pointer(second);  // 255
  const std::size_t fourth = message.size();
  message.u8(62).text(std::string(62, 'e')).pointer(second);  // 256
  CHECK(read_name(message.view(), third)->name.size() == 255);
  CHECK(error_at(message, fourth) == NameError::NameTooLong);
}

}  // namespace shirube::wire
