#include "conf/root_hints.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include <catch2/catch.hpp>

namespace shirube::conf {
namespace {

using upstream::RootServer;
using Servers = std::vector<RootServer>;

std::string file_of_iana() {
  std::ifstream file{std::filesystem::path{PROJECT_ROOT} / "tests/unit/conf/named.root"};
  REQUIRE(file.is_open());
  return {std::istreambuf_iterator<char>{file}, {}};
}

wire::Address address(std::string_view text) { return wire::Address::parse(text).value(); }
RootServer server(std::string_view name, std::vector<wire::Address> addresses) {
  return {wire::Name::literal(name), std::move(addresses)};
}

Servers parsed(std::string_view text) {
  auto servers = parse_root_hints(text);
  if (!servers) FAIL(servers.error().line << ": " << servers.error().reason);
  return *servers;
}

// "LINE: REASON"; "" when the text is good after all.
std::string refusal(std::string_view text) {
  const auto servers = parse_root_hints(text);
  return servers ? "" : std::to_string(servers.error().line) + ": " + servers.error().reason;
}

TEST_CASE("the built-in root hints are the file of IANA") {
  const Servers& built_in = built_in_root_hints();
  CHECK(built_in.size() == 13);
  CHECK(parsed(file_of_iana()) == built_in);
  CHECK(built_in[1] == server("b.root-servers.net.", {address("170.247.170.2"), address("2801:1b8:10::b")}));
}

TEST_CASE("lines may end as DOS ends them, and the last one not at all") {
  std::string text = file_of_iana();
  std::string dos;
  for (const char c : text) dos += c == '\n' ? std::string("\r\n") : std::string(1, c);
  CHECK(parsed(dos) == built_in_root_hints());
  CHECK(parsed(". NS a.test.\na.test. A 192.0.2.1") == Servers{server("a.test.", {address("192.0.2.1")})});
}

TEST_CASE("comments, empty lines, classes, TTLs and missing last dots change nothing") {
  CHECK(parsed("\n ; nothing\n\t\n;\r\n.\t1d IN NS A.test ; the first\n\na.Test 3600 IN A 192.0.2.1;x\n") ==
        Servers{server("a.test.", {address("192.0.2.1")})});
}

TEST_CASE("a line that starts with a blank goes on with the owner before") {
  CHECK(parsed(". NS a.test.\n  NS b.test.\nb.test. A 192.0.2.2\n\tAAAA 2001:db8::2\n") ==
        Servers{server("b.test.", {address("192.0.2.2"), address("2001:db8::2")})});
  CHECK(refusal("  NS a.test.\n") == "1: expected the name of a record's owner at the start of the line");
}

TEST_CASE("addresses may come before their servers, and both more than once") {
  CHECK(parsed("a.test. A 192.0.2.1\n. NS b.test.\n. NS a.test.\n. NS A.TEST.\na.test. A 192.0.2.1\n"
               "b.test. AAAA 2001:db8::2\na.test. A 192.0.2.3\n") ==
        Servers{server("b.test.", {address("2001:db8::2")}),
                server("a.test.", {address("192.0.2.1"), address("192.0.2.3")})});
}

TEST_CASE("a root that only IPv6 reaches is one") {
  CHECK(parsed(". NS six.test.\nsix.test. AAAA 2001:db8::6\n") ==
        Servers{server("six.test.", {address("2001:db8::6")})});
}

TEST_CASE("a server without an address is left out, but one has to be left") {
  CHECK(parsed(". NS a.test.\n. NS b.test.\nb.test. A 192.0.2.2\n") ==
        Servers{server("b.test.", {address("192.0.2.2")})});
  const std::string none = "0: expected at least one NS record of \".\" and an address of its server";
  CHECK(refusal(". NS a.test.\n") == none);
  CHECK(refusal("") == none);
  CHECK(refusal("; only a comment\n\n") == none);
}

TEST_CASE("an address of nobody's server is a slip") {
  CHECK(refusal(". NS a.test.\na.test. A 192.0.2.1\nc.test. A 192.0.2.3\nb.test. A 192.0.2.2\n") ==
        "3: an address of c.test., which no NS record of \".\" names");
  CHECK(refusal("a.test. A 192.0.2.1\n") == "1: an address of a.test., which no NS record of \".\" names");
}

TEST_CASE("a line that is no hint is named by its number") {
  const std::string good = "; first\n. NS a.test.\na.test. A 192.0.2.1\n";
  CHECK(refusal(good).empty());
  CHECK(refusal(good + "nonsense\n") == "4: expected a record such as \". 3600000 NS a.root-servers.net.\"");
  CHECK(refusal(good + "a.test. A 192.0.2\n").starts_with("4: expected a record such as"));
  CHECK(refusal(good + "a.test. A 2001:db8::1\n").starts_with("4: expected a record such as"));
  CHECK(refusal(good + ". NS a..test.\n").starts_with("4: expected a record such as"));
  CHECK(refusal(good + std::string("a.test. A 192.0.2.1\0", 20)).starts_with("4: expected a record such as"));
  CHECK(refusal(good + "test. NS a.test.\n") ==
        "4: expected the name servers of \".\", not those of another zone");
  CHECK(refusal(good + ". CH NS a.test.\n") == "4: expected a record of class IN");
  CHECK(refusal(good + ". MX 10 a.test.\n") == "4: expected a record of type NS, A or AAAA");
  CHECK(refusal(good + "$TTL 1d\n") == "4: directives are not read here; write names and TTLs out");
  CHECK(refusal(good + "a.test. A 0.0.0.0\n") == "4: expected the address of a server; nobody has this one");
  CHECK(refusal(good + "a.test. AAAA ::\n") == "4: expected the address of a server; nobody has this one");
}

TEST_CASE("what is longer than any root hints is not read") {
  std::string text = ". NS a.test.\na.test. A 192.0.2.1\n";
  text.resize(kMaxRootHintsSize, '\n');
  CHECK(refusal(text).empty());
  CHECK(refusal(text + '\n') == "0: longer than 65536 bytes: no root hints");
  CHECK(refusal(std::string(std::size_t{1} << 20, 'x')) == "0: longer than 65536 bytes: no root hints");
}

TEST_CASE("garbage of the greatest size is refused") {
  std::mt19937 random{20240418};
  const std::string_view alphabet = "ab.NSA0123:\\\"()@$ \t\n\n;";
  for (int round = 0; round < 200; ++round) {
    std::string text(round == 0 ? kMaxRootHintsSize : 300, '\0');
    for (char& c : text)
      c = round % 2 == 0 ? static_cast<char>(random()) : alphabet[random() % alphabet.size()];
    CHECK_FALSE(parse_root_hints(text).has_value());
  }
  CHECK_FALSE(parse_root_hints(std::string(kMaxRootHintsSize, '(')).has_value());
}

}  // namespace
}  // namespace shirube::conf
