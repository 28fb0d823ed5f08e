#include "server/privileges.hpp"

#include <catch2/catch.hpp>
#include <sys/wait.h>
#include <unistd.h>

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
