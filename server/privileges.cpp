#include "server/privileges.hpp"

#include <cerrno>
#include <cstddef>
#include <optional>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/owned_fd.hpp"

namespace shirube::server {
namespace {

struct Account {
  uid_t user;
  gid_t group;
};

std::optional<Account> find_account(const std::string& name) {
  constexpr std::size_t kMaxEntry = std::size_t{1} << 20;
  passwd entry{};
  passwd* found = nullptr;
  for (std::vector<char> texts(1024); texts.size() <= kMaxEntry; texts.resize(texts.size() * 2)) {
    if (::getpwnam_r(name.c_str(), &entry, texts.data(), texts.size(), &found) != ERANGE) break;
  }
  if (found == nullptr) return std::nullopt;
  return Account{entry.pw_uid, entry.pw_gid};
}

std::unexpected<std::string> failed_at(const char* step, const std::string& user) {
  const auto cause = std::error_code(errno, std::generic_category()).message();
  return std::unexpected(fmt::format("cannot become user \"{}\": {}: {}", user, step, cause));
}

}  // namespace

bool is_root() { return ::geteuid() == 0; }

bool user_exists(const std::string& user) { return find_account(user).has_value(); }

std::expected<void, std::string> prepare_directory(const std::filesystem::path& directory,
                                                   const std::string& user) {
  constexpr mode_t kMode = 0755;
  const auto failed = [&](std::string_view step) {
    const auto cause = std::error_code(errno, std::generic_category()).message();
    return std::unexpected(fmt::format("{} cannot be {}: {}", directory.string(), step, cause));
  };
  const bool is_new = ::mkdir(directory.c_str(), kMode) == 0;
  if (!is_new && errno != EEXIST) return failed("made");
  const auto account = find_account(user);
  if (!account || !(is_new || directory == kStateDirectory)) return {};
  // Not by its name: a link in its place must not give away what it points to.
  const OwnedFd opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!opened) return failed("opened");
  if (::fchown(opened.get(), account->user, account->group) != 0) return failed("given to " + user);
  if (::fchmod(opened.get(), kMode) != 0) return failed("opened to readers");
  return {};
}

std::expected<PrivilegeDrop, std::string> drop_privileges(const std::string& user) {
  if (::geteuid() != 0) return PrivilegeDrop::NotRoot;
  if (user.empty()) return PrivilegeDrop::Stayed;
  const auto account = find_account(user);
  if (!account) {
    return std::unexpected(fmt::format(
        "there is no user \"{0}\"; create it (useradd --system {0}), name another one in server.user, "
        "or set server.user = \"\" to stay root",
        user));
  }
  // Groups first: without root they can no longer be changed.
  if (::initgroups(user.c_str(), account->group) != 0) return failed_at("initgroups", user);
  if (::setresgid(account->group, account->group, account->group) != 0) return failed_at("setgid", user);
  if (::setresuid(account->user, account->user, account->user) != 0) return failed_at("setuid", user);
  if (account->user != 0 && (::setuid(0) == 0 || ::geteuid() == 0)) {
    return std::unexpected(fmt::format("became user \"{}\", but could return to root", user));
  }
  return PrivilegeDrop::Done;
}

}  // namespace shirube::server
