#include "conf/read_file.hpp"

#include <cerrno>
#include <fstream>
#include <system_error>

namespace shirube::conf {
namespace {

// To open a pipe without a writer would hold up the program for ever.
[[nodiscard]] bool is_pipe_or_socket(const std::filesystem::path& path) {
  std::error_code ignored;
  const auto type = std::filesystem::status(path, ignored).type();
  return type == std::filesystem::file_type::fifo || type == std::filesystem::file_type::socket;
}

}  // namespace

std::expected<std::string, std::string> read_file(const std::filesystem::path& path, std::size_t most) {
  if (is_pipe_or_socket(path))
    return std::unexpected("cannot be read: it is a pipe; write its content to a file first");
  std::ifstream file{path, std::ios::binary};
  std::string text(most + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file.is_open() || file.bad())
    return std::unexpected("cannot be read: " + std::generic_category().message(errno));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

}  // namespace shirube::conf
