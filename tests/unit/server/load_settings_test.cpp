#include "server/load_settings.hpp"

#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <unistd.h>

namespace shirube::server {
namespace {

// A file of its own for each, gone with it.
class ConfigFile {
 public:
  explicit ConfigFile(std::string_view text)
      : path_(std::filesystem::temp_directory_path() /
              fmt::format("shirube-load-settings-{}.toml", getpid())) {
    std::ofstream(path_) << text;
  }
  ~ConfigFile() { std::filesystem::remove(path_); }
  ConfigFile(const ConfigFile&) = delete;
  ConfigFile& operator=(const ConfigFile&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

constexpr auto kThreeWorkers = "[server]\nworkers = 3\n";
const std::filesystem::path kNoFile = "/nonexistent/shirube.toml";

TEST_CASE("without any file every key has its default") {
  const auto settings = load_settings(ServeCommand{}, kNoFile);
  REQUIRE(settings);
  CHECK(*settings == conf::load_text("", "nothing").value());
}

TEST_CASE("overrides go over the defaults as over a file") {
  const ServeCommand command{std::nullopt, {{"server.workers=5"}, {"127.0.0.1:5300"}}};
  const auto settings = load_settings(command, kNoFile);
  REQUIRE(settings);
  CHECK(settings->server.workers == 5);
  REQUIRE(settings->server.listen.size() == 1);
  CHECK(settings->server.listen[0].text() == "127.0.0.1:5300");
}

TEST_CASE("the default file is read when it is there and nothing else is named") {
  const ConfigFile file(kThreeWorkers);
  const auto settings = load_settings(ServeCommand{}, file.path());
  REQUIRE(settings);
  CHECK(settings->server.workers == 3);
}

TEST_CASE("a file that is named must be there") {
  const ConfigFile file(kThreeWorkers);
  CHECK_FALSE(load_settings(ServeCommand{kNoFile, {}}, file.path()));
}

TEST_CASE("check-config says ok on stdout, or what is wrong on stderr in one line") {
  std::ostringstream out;
  std::ostringstream err;
  {
    const ConfigFile good(kThreeWorkers);
    CHECK(check_config({good.path()}, out, err) == 0);
    CHECK(out.str() == good.path().string() + ": ok\n");
    CHECK(err.str().empty());
  }
  out.str("");
  const ConfigFile bad("[server]\nthraeds = 3\n");
  CHECK(check_config({bad.path()}, out, err) == 2);
  CHECK(out.str().empty());
  CHECK_THAT(err.str(), Catch::StartsWith(bad.path().string() + ":2:1: "));
  CHECK(std::ranges::count(err.str(), '\n') == 1);
}

}  // namespace
}  // namespace shirube::server
