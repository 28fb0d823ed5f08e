// The table of `shirube demo`: what each kind of client gets for each of the demo's domains, before and
// after: sizes, TC, AD, and why it is refused what is forged.
// Threads:  one owner of the DemoServer.
#pragma once

#include <string>
#include <vector>

#include "server/demo_server.hpp"

namespace shirube::server {

struct DemoRow {
  std::string_view domain;
  sim::DemoTrust trust = sim::DemoTrust::Unsigned;
  std::string question;  // "ANY furelo.jp"
  std::string_view client;
  DemoReply before, after;
  std::optional<std::string> trouble_before, trouble_after;
};
[[nodiscard]] std::vector<DemoRow> demo_rows(DemoServer& server);

enum class Colours : bool { Off, On };
[[nodiscard]] std::string demo_table_text(const std::vector<DemoRow>& rows, Colours colours);

}  // namespace shirube::server
