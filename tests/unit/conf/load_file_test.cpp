#include <sys/stat.h>
#include <unistd.h>

#include "loading.hpp"
#include "temporary_file.hpp"

namespace shirube::conf {
namespace {

TEST_CASE("a file is read, overrides go over it") {
  const TemporaryFile file{"[server]\nworkers = 2\nuser = \"nobody\"\n"};
  const auto settings = load_file(file.path(), {.set = {"server.workers=3"}, .listen = {}});
  REQUIRE(settings);
  CHECK(settings->server.workers == 3);
  CHECK(settings->server.user == "nobody");
}

TEST_CASE("an error names the file by its path") {
  const TemporaryFile file{"bogus = 1\n"};
  const auto settings = load_file(file.path());
  REQUIRE_FALSE(settings);
  CHECK(settings.error().line() == file.path().string() + ":1:1: unknown key 'bogus'");
}

TEST_CASE("a file that cannot be read is an error with the reason") {
  const auto missing = load_file("/nonexistent/shirube.toml");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().line() == "/nonexistent/shirube.toml: cannot be read: No such file or directory");
  const auto directory = load_file("/");
  REQUIRE_FALSE(directory);
  CHECK(directory.error().line() == "/: cannot be read: Is a directory");
}

TEST_CASE("a pipe without a writer is refused at once") {
  const TemporaryFile file{""};
  const auto pipe = file.path().string() + ".pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const auto settings = load_file(pipe);
  ::unlink(pipe.c_str());
  REQUIRE_FALSE(settings);
  CHECK(settings.error().line() ==
        pipe + ": cannot be read: it is a pipe; write its content to a file first");
}

TEST_CASE("an endless file is not read to its end") {
  const auto settings = load_file("/dev/zero");
  REQUIRE_FALSE(settings);
  CHECK(settings.error().line() == "/dev/zero: longer than 1048576 bytes: not a configuration");
}

}  // namespace
}  // namespace shirube::conf
