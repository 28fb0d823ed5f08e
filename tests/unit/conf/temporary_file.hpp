// A file for one test; its name is the process's own, so two of them need two names.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <unistd.h>

namespace shirube::conf {

class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view text, const std::string& name = "test.toml")
      : path_(std::filesystem::temp_directory_path() /
              ("shirube-conf-" + std::to_string(getpid()) + "-" + name)) {
    write(text);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { std::filesystem::remove(path_); }
  void write(std::string_view text) const { std::ofstream{path_, std::ios::binary} << text; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace shirube::conf
