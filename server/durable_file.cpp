#include "server/durable_file.hpp"

#include <cerrno>
#include <cstdio>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/owned_fd.hpp"

namespace shirube::server {
namespace {

constexpr mode_t kMode = 0644;

std::unexpected<std::string> failed(std::string_view step, const std::filesystem::path& path) {
  const auto reason = std::generic_category().message(errno);
  return std::unexpected(fmt::format("{} cannot be {}: {}", path.string(), step, reason));
}

bool write_all(FileCalls& calls, int fd, std::string_view text) {
  while (!text.empty()) {
    const auto written = calls.write(fd, text);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::expected<void, std::string> write_new(FileCalls& calls, const std::filesystem::path& path,
                                           std::string_view text) {
  static_cast<void>(calls.unlink(path.c_str()));
  const OwnedFd file(calls.open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, kMode));
  if (!file) return failed("made", path);
  if (calls.chmod(file.get(), kMode) != 0) return failed("opened to readers", path);
  if (!write_all(calls, file.get(), text)) return failed("written", path);
  if (calls.sync(file.get()) != 0) return failed("flushed", path);
  return {};
}

}  // namespace

int FileCalls::open(const char* path, int flags, mode_t mode) { return ::open(path, flags, mode); }
ssize_t FileCalls::write(int fd, std::string_view text) { return ::write(fd, text.data(), text.size()); }
int FileCalls::chmod(int fd, mode_t mode) { return ::fchmod(fd, mode); }
int FileCalls::sync(int fd) { return ::fsync(fd); }
int FileCalls::rename(const char* from, const char* to) { return ::rename(from, to); }
int FileCalls::unlink(const char* path) { return ::unlink(path); }

std::expected<void, std::string> replace_file(FileCalls& calls, const std::filesystem::path& path,
                                              std::string_view text) {
  auto beside = path;
  beside += ".new";
  auto written = write_new(calls, beside, text);
  if (written && calls.rename(beside.c_str(), path.c_str()) != 0) written = failed("renamed", beside);
  if (!written) {
    static_cast<void>(calls.unlink(beside.c_str()));
    return written;
  }
  const auto directory = path.parent_path();
  const OwnedFd opened(calls.open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0));
  if (!opened || calls.sync(opened.get()) != 0) return failed("flushed", directory);
  return {};
}

}  // namespace shirube::server
