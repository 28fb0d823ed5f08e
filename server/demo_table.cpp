#include "server/demo_table.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/demo_world.hpp"

namespace shirube::server {
namespace {

using wire::Question;
using wire::Type;

constexpr std::string_view kRowFormat = "  {:<30}{:<15}{:<28}{:<24}{}\n";

// What its clients ask about each domain: mail hosts for the domain itself, browsers and proxies for www.
[[nodiscard]] std::vector<Question> questions_about(const sim::DemoCase& demo_case) {
  const auto apex = wire::Name::literal(demo_case.domain);
  if (demo_case.trust == sim::DemoTrust::Forged) return {{apex, Type::MX}};
  std::vector<Question> questions{{apex, Type::ANY}, {apex, Type::MX}};
  if (demo_case.trust == sim::DemoTrust::Signed)
    questions.push_back({wire::Name::literal("_25._tcp.mail." + std::string(demo_case.domain)), Type::TLSA});
  if (demo_case.domain == "dual.example") {
    questions.push_back({*apex.child("www"), Type::AAAA});
    questions.push_back({*apex.child("www"), Type::HTTPS});
  }
  return questions;
}

[[nodiscard]] bool asks(const DemoClient& client, Type type) {
  switch (type) {
    case Type::ANY:
      return client.profile == "legacy-512" || (client.profile == "standard" && !client.validated_only);
    case Type::MX:
      return client.profile != "squid";
    case Type::TLSA:
      return client.validated_only;
    default:
      return !client.reads_512_only && !client.validated_only;  // web traffic
  }
}

[[nodiscard]] std::string size_text(const DemoReply& reply) {
  auto text = fmt::format("{} B", reply.udp.size());
  if (reply.tcp) text += fmt::format(" TC, {} B by TCP", reply.tcp->size());
  const auto message = wire::MessageView::parse(reply.last());
  if (message && message->rcode() == wire::Rcode::ServFail) text += ", SERVFAIL";
  if (message && message->header().ad) text += ", AD";
  return text;
}

[[nodiscard]] std::string coloured(std::string_view text, std::string_view code, Colours colours) {
  if (colours == Colours::Off) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

[[nodiscard]] std::string fine_text(const DemoRow& row) {
  if (row.trust != sim::DemoTrust::Forged) return "works";
  const auto reason = refusal_text(row.after);
  return reason.empty() ? "refused" : "refused: " + reason;
}

[[nodiscard]] std::string verdict(const DemoRow& row, Colours colours) {
  constexpr std::string_view kRed = "31";
  constexpr std::string_view kGreen = "32";
  if (row.trouble_after) return coloured("FAILS: " + *row.trouble_after, kRed, colours);
  if (!row.trouble_before) return "worked before, works";
  return coloured(fine_text(row), kGreen, colours) + "; before: " + *row.trouble_before;
}

}  // namespace

std::vector<DemoRow> demo_rows(DemoServer& server) {
  std::vector<DemoRow> rows;
  for (const auto& demo_case : sim::demo_cases()) {
    for (const auto& question : questions_about(demo_case)) {
      for (const auto& client : demo_clients()) {
        if (!asks(client, question.type)) continue;
        DemoRow row;
        row.domain = demo_case.domain;
        row.trust = demo_case.trust;
        row.question = wire::to_text(question.type) + ' ' + question.name.text();
        row.client = client.name;
        row.before = server.ask_plain(question, client);
        row.after = server.ask_shirube(question, client);
        const DemoAsked asked{.question = question, .trust = demo_case.trust};
        row.trouble_before = trouble(client, asked, row.before, server);
        row.trouble_after = trouble(client, asked, row.after, server);
        rows.push_back(std::move(row));
      }
    }
  }
  return rows;
}

std::string demo_table_text(const std::vector<DemoRow>& rows, Colours colours) {
  std::string text;
  for (const auto& demo_case : sim::demo_cases()) {
    text += fmt::format("\n{}: {}\n", coloured(demo_case.domain, "1", colours), demo_case.story);
    text += fmt::format(kRowFormat, "question", "client", "before", "with Shirube", "");
    for (const auto& row : rows) {
      if (row.domain != demo_case.domain) continue;
      text += fmt::format(kRowFormat, row.question, row.client, size_text(row.before), size_text(row.after),
                          verdict(row, colours));
    }
  }
  const auto failed =
      std::ranges::count_if(rows, [](const DemoRow& r) { return r.trouble_before.has_value(); });
  const auto fail = std::ranges::count_if(rows, [](const DemoRow& r) { return r.trouble_after.has_value(); });
  text += fmt::format("\n{} of {} would have gone wrong; with Shirube {} do.\n", failed, rows.size(), fail);
  return text;
}

}  // namespace shirube::server
