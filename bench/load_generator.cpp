// load_generator: loads a DNS server over UDP and measures it; see --help.
#include <algorithm>
#include <exception>
#include <stdexcept>

#include <fmt/format.h>

#include "bench/load/cpu_time.hpp"
#include "bench/load/load_run.hpp"

namespace shirube::bench {
namespace {

// Ends a round of --once in which the server does not answer everything.
constexpr std::chrono::seconds kOnceLimit{60};

struct Report {
  Tally tally;
  double seconds = 0;
  std::size_t unanswered = 0;
  std::optional<double> cpu_microseconds;  // for each reply
};

[[nodiscard]] LoadClock::duration ticks(std::chrono::duration<double> seconds) {
  return std::chrono::duration_cast<LoadClock::duration>(seconds);
}

[[nodiscard]] Report measure(const LoadOptions& options) {
  const auto rounds = options.once ? QuestionList::Rounds::One : QuestionList::Rounds::Endless;
  auto questions = QuestionList::read(options.questions, options.edns, rounds);
  LoadRun run(options, questions);
  run.start();
  if (!options.once) {
    run.run_until(LoadClock::now() + ticks(options.warm_up));
    static_cast<void>(run.take_tally());
  }
  const auto cpu_before = options.pid ? cpu_time(*options.pid) : std::chrono::nanoseconds{};
  const auto began = LoadClock::now();
  run.run_until(began + (options.once ? kOnceLimit : ticks(options.measured)));
  const std::chrono::duration<double> took = LoadClock::now() - began;
  Report report{run.take_tally(), took.count(), options.once ? run.under_way() : 0, std::nullopt};
  if (options.pid && report.tally.replies > 0) {
    const std::chrono::duration<double, std::micro> used = cpu_time(*options.pid) - cpu_before;
    report.cpu_microseconds = used.count() / static_cast<double>(report.tally.replies);
  }
  return report;
}

[[nodiscard]] double microseconds(const Report& report, double share) {
  return std::chrono::duration<double, std::micro>(report.tally.latency.percentile(share)).count();
}

[[nodiscard]] double rate(const Report& report) {
  return static_cast<double>(report.tally.replies) / std::max(report.seconds, 1e-9);
}

[[nodiscard]] std::string as_json(const Report& report) {
  const auto& tally = report.tally;
  const auto cpu = report.cpu_microseconds ? fmt::format("{:.3f}", *report.cpu_microseconds) : "null";
  return fmt::format(R"({{"replies":{},"noerror":{},"truncated":{},"lost":{},"strays":{},"unanswered":{},)"
                     R"("seconds":{:.3f},"queries_per_second":{:.0f},)"
                     R"("p50_us":{:.0f},"p99_us":{:.0f},"p999_us":{:.0f},"cpu_us_per_reply":{}}})"
                     "\n",
                     tally.replies, tally.noerror, tally.truncated, tally.lost, tally.strays,
                     report.unanswered, report.seconds, rate(report), microseconds(report, 0.5),
                     microseconds(report, 0.99), microseconds(report, 0.999), cpu);
}

[[nodiscard]] std::string as_text(const Report& report) {
  const auto& tally = report.tally;
  auto text = fmt::format(
      "{} replies in {:.2f} s: {} NOERROR, {} truncated; {} lost and sent again, {} strays, {} unanswered\n"
      "{:.0f} queries per second\n"
      "latency p50 {:.0f} us, p99 {:.0f} us, p99.9 {:.0f} us\n",
      tally.replies, report.seconds, tally.noerror, tally.truncated, tally.lost, tally.strays,
      report.unanswered, rate(report), microseconds(report, 0.5), microseconds(report, 0.99),
      microseconds(report, 0.999));
  if (report.cpu_microseconds)
    text += fmt::format("server CPU {:.2f} us per reply\n", *report.cpu_microseconds);
  return text;
}

[[nodiscard]] int run(std::span<char* const> arguments) {
  const auto options = parse_load_options(arguments);
  if (!options) {
    fmt::print("{}", load_help());
    return 0;
  }
  const auto report = measure(*options);
  fmt::print("{}", options->json ? as_json(report) : as_text(report));
  return report.tally.replies > 0 && report.unanswered == 0 ? 0 : 1;
}

}  // namespace
}  // namespace shirube::bench

int main(int count, char** arguments) {
  try {
    return shirube::bench::run(std::span(arguments, static_cast<std::size_t>(count)).subspan(1));
  } catch (const std::invalid_argument& error) {
    fmt::print(stderr, "load_generator: {}\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    fmt::print(stderr, "load_generator: {}\n", error.what());
    return 1;
  }
}
