#include "conf/read_file.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shirube::conf {
namespace {

class OpenFile {
 public:
  // Non-blocking: opening a FIFO without a writer would block the program forever.
  explicit OpenFile(const std::filesystem::path& path)
      : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)) {}
  ~OpenFile() {
    if (fd_ >= 0) ::close(fd_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  [[nodiscard]] int fd() const { return fd_; }

 private:
  int fd_;
};

[[nodiscard]] std::unexpected<std::string> cannot_be_read(int error) {
  return std::unexpected("cannot be read: " + std::generic_category().message(error));
}

[[nodiscard]] bool is_pipe_or_socket(mode_t mode) { return S_ISFIFO(mode) || S_ISSOCK(mode); }

}  // namespace

std::expected<std::string, std::string> read_file(const std::filesystem::path& path, std::size_t most) {
  const OpenFile file(path);
  struct stat status{};
  if (file.fd() < 0 || ::fstat(file.fd(), &status) != 0) return cannot_be_read(errno);
  if (is_pipe_or_socket(status.st_mode))
    return std::unexpected("cannot be read: it is a pipe; write its content to a file first");
  std::string text(most + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const auto got = ::read(file.fd(), text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return cannot_be_read(errno);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  text.resize(size);
  return text;
}

}  // namespace shirube::conf
