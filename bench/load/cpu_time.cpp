#include "bench/load/cpu_time.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <fmt/format.h>

namespace shirube::bench {

std::chrono::nanoseconds cpu_time(pid_t pid) {
  std::chrono::nanoseconds sum{0};
  std::error_code error;
  for (const auto& thread : std::filesystem::directory_iterator(fmt::format("/proc/{}/task", pid), error)) {
    std::int64_t on_cpu = 0;
    std::ifstream file(thread.path() / "schedstat");
    if (file >> on_cpu) sum += std::chrono::nanoseconds{on_cpu};
  }
  if (error || sum.count() == 0) {
    throw std::runtime_error(fmt::format("no CPU time to read in /proc/{}/task/*/schedstat", pid));
  }
  return sum;
}

}  // namespace shirube::bench
