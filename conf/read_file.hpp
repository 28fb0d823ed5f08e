// A file that an administrator named, in one piece.
// Threads:  start-up and reload.
// Errors:   "cannot be read: " and the system's reason.
#pragma once

#include <cstddef>
#include <expected>
#include <filesystem>
#include <string>

namespace shirube::conf {

// At most `most` + 1 octets: who is given more than `most` knows that the file is longer. So a device or a
// log given by mistake is not read to its end.
[[nodiscard]] std::expected<std::string, std::string> read_file(const std::filesystem::path& path,
                                                                std::size_t most);

}  // namespace shirube::conf
