#include "server/cli.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace shirube::server {
namespace {

constexpr auto kExitCodes =
    "Exit codes: 0 fine, 1 the thing asked about is broken, 2 wrong usage or configuration.";

// CLI11 writes into variables that live as long as the parse.
struct Parsed {
  std::string config;
  conf::Overrides overrides;
  DemoCommand demo{{wire::Address::v4(127, 0, 0, 1), 5300}};
  std::string checked_file;
};

std::string example(std::string_view lines) { return fmt::format("Example:\n{}", lines); }

wire::Endpoint endpoint_or_throw(const std::string& text) {
  const auto endpoint = wire::Endpoint::parse(text);
  if (endpoint && !wire::may_end_in_port(text)) return *endpoint;
  throw CLI::ValidationError(
      "--listen", fmt::format("'{}' is no ADDRESS:PORT such as 127.0.0.1:5300 or [::1]:5300", text));
}

CLI::App* add_serve(CLI::App& app, Parsed& parsed) {
  auto* serve =
      app.add_subcommand("serve", "Answer DNS queries until SIGTERM; SIGHUP reloads the configuration");
  serve
      ->add_option(
          "--config", parsed.config,
          "Configuration file; without it /etc/shirube/shirube.toml, and if there is none, the defaults")
      ->type_name("FILE")
      ->envname("SHIRUBE_CONFIG");
  serve
      ->add_option("--listen", parsed.overrides.listen,
                   "Listen here, and not where the configuration says; repeatable")
      ->type_name("ADDR:PORT")
      ->allow_extra_args(false);
  serve->add_option("--set", parsed.overrides.set, "Set a key over what the configuration says; repeatable")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  serve->footer(example("  shirube serve --listen 127.0.0.1:5300 --set log.level=debug"));
  return serve;
}

CLI::App* add_demo(CLI::App& app, Parsed& parsed) {
  auto* demo = app.add_subcommand("demo", "Show offline what each kind of client gets, and listen for dig");
  const auto store_listen = [&parsed](const std::string& text) {
    parsed.demo.listen = endpoint_or_throw(text);
  };
  demo->add_option_function<std::string>("--listen", store_listen, "Listen here")
      ->type_name("ADDR:PORT")
      ->default_str(parsed.demo.listen.text());
  demo->add_flag("--once", parsed.demo.once, "Print the table and end");
  demo->footer(example("  shirube demo\n  dig @127.0.0.1 -p 5300 furelo.jp ANY"));
  return demo;
}

CLI::App* add_check_config(CLI::App& app, Parsed& parsed) {
  auto* check = app.add_subcommand(
      "check-config", "Say whether a configuration file is good, or the first thing wrong in it");
  check->add_option("FILE", parsed.checked_file, "Configuration file")->required();
  check->footer(example("  shirube check-config /etc/shirube/shirube.toml"));
  return check;
}

CliExit exit_of(const CLI::App& app, const CLI::ParseError& error) {
  std::ostringstream out;
  std::ostringstream err;
  const bool asked_for = app.exit(error, out, err) == 0;
  return asked_for ? CliExit{kExitFine, out.str()} : CliExit{kExitWrongUsage, err.str()};
}

}  // namespace

std::expected<Command, CliExit> parse_command_line(std::vector<std::string> arguments) {
  Parsed parsed;
  CLI::App app("Shirube: the DNS resolver for mail hosts, Squid proxies and IPv4-only sites", "shirube");
  app.set_version_flag("--version", "shirube " SHIRUBE_VERSION);
  app.require_subcommand(1);
  app.footer(fmt::format(
      "{}\n\n{}", example("  shirube serve --config conf/shirube.toml\n  shirube serve --help"), kExitCodes));
  const auto* serve = add_serve(app, parsed);
  const auto* demo = add_demo(app, parsed);
  add_check_config(app, parsed);
  try {
    std::ranges::reverse(arguments);  // CLI11 takes them from the back
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    return std::unexpected(exit_of(app, error));
  }

  if (demo->parsed()) return parsed.demo;
  if (!serve->parsed()) return CheckConfigCommand{parsed.checked_file};
  ServeCommand command{std::nullopt, std::move(parsed.overrides)};
  if (!parsed.config.empty()) command.config = parsed.config;
  return command;
}

}  // namespace shirube::server
