// A small file that is replaced as a whole: after a crash at any point it holds either the old text or the
// new one.
// Threads:  one writer a path.
// Owns:     nothing between calls; a "PATH.new" that a crash left is replaced by the next call.
// Errors:   a sentence with the step and the system's reason; the old file is then untouched, but for a directory that
//           cannot be flushed: the new one is in place, though a loss of power may undo that.
// Rules:    written beside its place, flushed to the disk, renamed over it, and the directory flushed too.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace shirube::server {

// The system calls, as the system has them. Tests put themselves between.
class FileCalls {
 public:
  virtual ~FileCalls() = default;
  [[nodiscard]] virtual int open(const char* path, int flags, mode_t mode);
  [[nodiscard]] virtual ssize_t write(int fd, std::string_view text);
  [[nodiscard]] virtual int chmod(int fd, mode_t mode);
  [[nodiscard]] virtual int sync(int fd);
  [[nodiscard]] virtual int rename(const char* from, const char* to);
  [[nodiscard]] virtual int unlink(const char* path);
};

// Readable for everybody, whatever the umask: it may have to be read by another user than wrote it.
[[nodiscard]] std::expected<void, std::string> replace_file(FileCalls& calls,
                                                            const std::filesystem::path& path,
                                                            std::string_view text);

}  // namespace shirube::server
