// A file that is replaced holds the old text or the new one, whenever the writer is killed or the disk is
// full.

#include "server/durable_file.hpp"

#include <cerrno>
#include <csignal>

#include <catch2/catch.hpp>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "conf/read_file.hpp"
#include "state_fixture.hpp"

namespace shirube::server {
namespace {

const std::string kOld(3'000, 'o');
const std::string kNew(5'000, 'n');

std::string text_in(const std::filesystem::path& path) { return conf::read_file(path, 1 << 20).value(); }

// Counts the calls, and lets something happen at one of them.
class Interrupted final : public FileCalls {
 public:
  enum class Mishap : std::uint8_t { None, Kill, Fail };
  Interrupted(unsigned at, Mishap mishap) : at_(at), mishap_(mishap) {}
  [[nodiscard]] unsigned calls() const { return calls_; }

  int open(const char* path, int flags, mode_t mode) override {
    return fails() ? -1 : FileCalls::open(path, flags, mode);
  }
  // Never more than a thousand octets: there are many calls to be interrupted at.
  ssize_t write(int fd, std::string_view text) override {
    return fails() ? -1 : FileCalls::write(fd, text.substr(0, 1'000));
  }
  int chmod(int fd, mode_t mode) override { return fails() ? -1 : FileCalls::chmod(fd, mode); }
  int sync(int fd) override { return fails() ? -1 : FileCalls::sync(fd); }
  int rename(const char* from, const char* to) override { return fails() ? -1 : FileCalls::rename(from, to); }

 private:
  bool fails() {
    const bool now = ++calls_ == at_;
    if (now && mishap_ == Mishap::Kill) ::kill(::getpid(), SIGKILL);
    errno = ENOSPC;
    return now && mishap_ == Mishap::Fail;
  }
  unsigned at_;
  Mishap mishap_;
  unsigned calls_ = 0;
};

unsigned calls_of_one_replacement(const std::filesystem::path& path) {
  Interrupted counted(0, Interrupted::Mishap::None);
  REQUIRE(replace_file(counted, path, kNew));
  return counted.calls();
}

TEST_CASE("a file is made, and replaced, readable for all") {
  const StateDirectory directory;
  const auto path = directory.file();
  FileCalls calls;
  const auto mask = ::umask(0077);
  CHECK(replace_file(calls, path, kOld));
  ::umask(mask);
  CHECK(text_in(path) == kOld);
  CHECK(replace_file(calls, path, kNew));
  CHECK(text_in(path) == kNew);
  CHECK(std::filesystem::status(path).permissions() == std::filesystem::perms{0644});
  CHECK(directory.names() == std::vector<std::string>{"root.anchors"});
}

TEST_CASE("kill -9 at any call leaves the old text or the new one, and the next writer in order") {
  const StateDirectory directory;
  const auto path = directory.file();
  FileCalls calls;
  const auto count = calls_of_one_replacement(path);
  REQUIRE(count >= 10);
  bool old_seen = false;
  bool new_seen = false;
  for (unsigned at = 1; at <= count; ++at) {
    CAPTURE(at);
    REQUIRE(replace_file(calls, path, kOld));
    const auto child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      Interrupted killed(at, Interrupted::Mishap::Kill);
      static_cast<void>(replace_file(killed, path, kNew));
      ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status));
    const auto text = text_in(path);
    old_seen = old_seen || text == kOld;
    new_seen = new_seen || text == kNew;
    CHECK((text == kOld || text == kNew));
  }
  CHECK(old_seen);
  CHECK(new_seen);
}

TEST_CASE("a call that fails is told, and leaves no litter") {
  const StateDirectory directory;
  const auto path = directory.file();
  FileCalls calls;
  const auto count = calls_of_one_replacement(path);
  for (unsigned at = 1; at <= count; ++at) {
    CAPTURE(at);
    REQUIRE(replace_file(calls, path, kOld));
    Interrupted full(at, Interrupted::Mishap::Fail);
    const auto replaced = replace_file(full, path, kNew);
    REQUIRE_FALSE(replaced);
    CHECK_THAT(replaced.error(), Catch::EndsWith("No space left on device"));
    CHECK(directory.names() == std::vector<std::string>{"root.anchors"});
    CHECK((text_in(path) == kOld || text_in(path) == kNew));
  }
}

TEST_CASE("a directory that is not there is named") {
  FileCalls calls;
  const auto replaced = replace_file(calls, "/nonexistent/root.anchors", kNew);
  REQUIRE_FALSE(replaced);
  CHECK(replaced.error() == "/nonexistent/root.anchors.new cannot be made: No such file or directory");
}

TEST_CASE("a link in the place of the new file is not followed") {
  const StateDirectory directory;
  const auto path = directory.file();
  const auto victim = directory.path() / "victim";
  FileCalls calls;
  REQUIRE(replace_file(calls, victim, kOld));
  auto beside = path;
  std::filesystem::create_symlink(victim, beside += ".new");
  CHECK(replace_file(calls, path, kNew));
  CHECK(text_in(victim) == kOld);
  CHECK(text_in(path) == kNew);
}

}  // namespace
}  // namespace shirube::server
