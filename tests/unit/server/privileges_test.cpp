#include "server/privileges.hpp"

#include <catch2/catch.hpp>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "state_fixture.hpp"

using namespace shirube::server;

TEST_CASE("privileges") {
  if (::geteuid() != 0) {
    CHECK(drop_privileges("no-such-user-here") == PrivilegeDrop::NotRoot);
    return;
  }
  CHECK(drop_privileges("") == PrivilegeDrop::Stayed);

  const auto unknown = drop_privileges("no-such-user-here");
  REQUIRE(!unknown);
  CHECK(unknown.error().starts_with("there is no user \"no-such-user-here\"; create it (useradd --system "));
  CHECK(::geteuid() == 0);

  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const bool dropped =
        drop_privileges("nobody") == PrivilegeDrop::Done && ::geteuid() != 0 && ::setuid(0) != 0;
    ::_exit(dropped ? 0 : 1);
  }
  int status = -1;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
}

TEST_CASE("a state directory is made for the user, and no other directory is given away") {
  if (::geteuid() != 0) return;
  const StateDirectory parent;
  const auto made = parent.path() / "made";
  REQUIRE(prepare_directory(made, "nobody"));
  struct stat status{};
  REQUIRE(::stat(made.c_str(), &status) == 0);
  CHECK(status.st_uid != 0);
  CHECK((status.st_mode & 07777) == 0755);
  REQUIRE(prepare_directory(made, "root"));
  REQUIRE(::stat(made.c_str(), &status) == 0);
  CHECK(status.st_uid != 0);

  REQUIRE(prepare_directory(parent.path(), "nobody"));
  REQUIRE(::stat(parent.path().c_str(), &status) == 0);
  CHECK(status.st_uid == 0);

  const auto refused = prepare_directory(made / "a" / "b", "nobody");
  REQUIRE_FALSE(refused);
  CHECK(refused.error() == (made / "a" / "b").string() + " cannot be made: No such file or directory");
}
