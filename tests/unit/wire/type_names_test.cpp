#include <catch2/catch.hpp>

#include "wire/types.hpp"

namespace shirube::wire {

TEST_CASE("types are written by name or number and read in any case") {
  CHECK(to_text(Type::AAAA) == "AAAA");
  CHECK(to_text(Type{65280}) == "TYPE65280");
  CHECK(parse_type("mx") == Type::MX);
  CHECK(parse_type("Type15") == Type::MX);
  CHECK(parse_type("TYPE65535") == Type{65535});
  for (const char* text : {"", "TYPE", "TYPE65536", "TYPE-1", "TYPE1x", "MXX", "M"}) {
    INFO(text);
    CHECK_FALSE(parse_type(text));
  }
}

TEST_CASE("codes and classes are written as dig prints them") {
  CHECK(to_text(Rcode::NxDomain) == "NXDOMAIN");
  CHECK(to_text(Rcode{12}) == "RCODE12");
  CHECK(to_text(Class::CH) == "CH");
  CHECK(to_text(Class{7}) == "CLASS7");
}

TEST_CASE("types of questions and OPT are no data") {
  CHECK(is_meta(Type::OPT));
  CHECK(is_meta(Type::ANY));
  CHECK(is_meta(Type::AXFR));
  CHECK_FALSE(is_meta(Type::A));
  CHECK_FALSE(is_meta(Type::SPF));
  CHECK_FALSE(is_meta(Type::URI));
}

}  // namespace shirube::wire
