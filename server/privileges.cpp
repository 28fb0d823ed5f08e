#include "server/privileges.hpp"

#include <cerrno>
#include <cstddef>
#include <optional>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

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
