#include "conf/root_hints.hpp"
#include "loading.hpp"
#include "temporary_file.hpp"

namespace shirube::conf {
namespace {

class Hints {
 public:
  explicit Hints(std::string_view text) : file_(text, "hints") {}
  void write(std::string_view text) const { file_.write(text); }
  [[nodiscard]] std::string path() const { return file_.path().string(); }
  [[nodiscard]] std::string key() const { return "[resolve]\nroot-hints = \"" + path() + "\"\n"; }
  // What a message says first.
  [[nodiscard]] std::string place() const { return "f.toml:2:14: resolve.root-hints: " + path(); }

 private:
  TemporaryFile file_;
};

TEST_CASE("a file of root hints takes the place of the built-in ones") {
  const Hints file{". 3600000 NS ns.lab.test.\nns.lab.test. 3600000 A 127.9.0.1\n"};
  const auto root = loaded(file.key()).upstream.root_hints;
  REQUIRE(root.size() == 1);
  CHECK(root[0].name == wire::Name::literal("ns.lab.test."));
  CHECK(root[0].addresses == std::vector{wire::Address::v4(127, 9, 0, 1)});
  CHECK(loaded("resolve.root-hints = \"\"").upstream.root_hints == built_in_root_hints());
}

TEST_CASE("the file is read each time the configuration is") {
  const Hints file{". NS ns.lab.test.\nns.lab.test. A 127.9.0.1\n"};
  const auto before = loaded(file.key());
  file.write(". NS ns.lab.test.\nns.lab.test. A 127.9.0.2\n");
  CHECK(loaded(file.key()).upstream.root_hints[0].addresses == std::vector{wire::Address::v4(127, 9, 0, 2)});
  file.write("broken\n");
  CHECK_FALSE(refusal(file.key()).empty());
  CHECK(before.upstream.root_hints[0].addresses == std::vector{wire::Address::v4(127, 9, 0, 1)});
}

TEST_CASE("a bad line is named with its file, and the key with its place") {
  const Hints file{"; comment\n. NS ns.lab.test.\nns.lab.test. A 127.9.0.256\n"};
  CHECK(refusal(file.key()) ==
        file.place() + ":3: expected a record such as \". 3600000 NS a.root-servers.net.\"");
  file.write("");
  CHECK(refusal(file.key()) ==
        file.place() + ": expected at least one NS record of \".\" and an address of its server");
}

TEST_CASE("on the command line, a bad file is named by its argument") {
  const Hints file{"broken\n"};
  const std::string argument = "resolve.root-hints=" + file.path();
  CHECK_THAT(
      refusal("", {.set = {argument}, .listen = {}}),
      Catch::StartsWith("--set " + argument + ": resolve.root-hints: " + file.path() + ":1: expected "));
}

TEST_CASE("a file that cannot be read, or that has no end, is refused with the reason") {
  CHECK(refusal("resolve.root-hints = \"/nonexistent/root\"") ==
        "f.toml:1:22: resolve.root-hints: /nonexistent/root: cannot be read: No such file or directory");
  CHECK(refusal("resolve.root-hints = \"/\"") ==
        "f.toml:1:22: resolve.root-hints: /: cannot be read: Is a directory");
  CHECK(refusal("resolve.root-hints = \"/dev/zero\"") ==
        "f.toml:1:22: resolve.root-hints: /dev/zero: longer than 65536 bytes: no root hints");
  const Hints garbage{std::string(std::size_t{1} << 20, 'x')};
  CHECK(refusal(garbage.key()) == garbage.place() + ": longer than 65536 bytes: no root hints");
}

TEST_CASE("root servers that no transport reaches are refused") {
  const Hints file{". NS six.lab.test.\nsix.lab.test. AAAA 2001:db8::6\n"};
  CHECK(refusal(file.key()).empty());
  CHECK(refusal(file.key() + "ipv4 = \"no\"\n").empty());
  CHECK(refusal(file.key() + "ipv6 = \"no\"\n") ==
        "f.toml:2:14: resolve.root-hints: none can be asked while resolve.ipv4 or resolve.ipv6 is \"no\"");
  CHECK(refusal("[resolve]\nipv6 = \"no\"\n").empty());
}

TEST_CASE("the first problem is told, be it in the file or in the configuration") {
  const Hints file{"broken\n"};
  CHECK_THAT(refusal("server.workers = 300\n" + file.key()),
             Catch::StartsWith("f.toml:1:18: server.workers"));
  CHECK_THAT(refusal(file.key() + "deadline = \"1h\"\n"), Catch::StartsWith(file.place() + ":1: expected"));
}

}  // namespace
}  // namespace shirube::conf
