// Leaving root behind, once the privileged ports are bound.
// Threads:  call it before other threads start (glibc would carry the change over to them, but their work
//           would have begun as root).
// Errors:   a sentence for the administrator that says what to do; the process must then not go on.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>

namespace shirube::server {

enum class PrivilegeDrop : std::uint8_t {
  Done,     // the process is `user` now and cannot return
  NotRoot,  // there was nothing to drop
  Stayed,   // `user` is empty: root was asked for
};

[[nodiscard]] bool is_root();
[[nodiscard]] bool user_exists(const std::string& user);

// Makes the directory for `user` to write into, if it is not there; only for root. One that is there is left
// alone, but for kStateDirectory: that is ours, whoever made it (systemd makes it for root).
inline constexpr auto kStateDirectory = "/var/lib/shirube";
[[nodiscard]] std::expected<void, std::string> prepare_directory(const std::filesystem::path& directory,
                                                                 const std::string& user);

// The process becomes `user`, for good.
[[nodiscard]] std::expected<PrivilegeDrop, std::string> drop_privileges(const std::string& user);

}  // namespace shirube::server
