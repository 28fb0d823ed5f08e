// What a process has used of the CPU, all of its threads together, as the scheduler counts it.
// Threads:  any.
// Units:    nanoseconds.
// Errors:   std::runtime_error when there is no such process, or the kernel keeps no schedstat.
// Rules:    schedstat counts every switch; utime and stime of /proc/PID/stat are sampled by the tick and
//           coarse.
#pragma once

#include <chrono>

#include <sys/types.h>

namespace shirube::bench {

[[nodiscard]] std::chrono::nanoseconds cpu_time(pid_t pid);

}  // namespace shirube::bench
