#include "server/descriptor_limit.hpp"

#include <algorithm>

#include <sys/resource.h>

namespace shirube::server {

std::size_t raise_descriptor_limit(std::size_t wanted) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  const auto before = limit.rlim_cur;
  limit.rlim_cur = std::min<rlim_t>(std::max<rlim_t>(wanted, before), limit.rlim_max);
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) return before;
  return limit.rlim_cur;
}

}  // namespace shirube::server
