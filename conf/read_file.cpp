#include "conf/read_file.hpp"

#include <cerrno>
#include <fstream>
#include <system_error>

namespace shirube::conf {

std::expected<std::string, std::string> read_file(const std::filesystem::path& path, std::size_t most) {
  std::ifstream file{path, std::ios::binary};
  std::string text(most + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file.is_open() || file.bad())
    return std::unexpected("cannot be read: " + std::generic_category().message(errno));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

}  // namespace shirube::conf
