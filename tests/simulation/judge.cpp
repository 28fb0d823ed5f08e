#include "tests/simulation/judge.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/recursor.hpp"
#include "wire/ascii_case.hpp"
#include "wire/presentation.hpp"

namespace shirube::simulation {
namespace {

void append_lowered(std::string& text, wire::BytesView bytes) {
  for (const auto byte : bytes) text += static_cast<char>(wire::lower(byte));
}

[[nodiscard]] std::vector<std::string> records_of(const wire::Answer& answer) {
  std::vector<std::string> records;
  for (const auto& rrset : answer.answer) {
    if (rrset.type == wire::Type::DNAME) continue;
    for (const auto rdata : rrset.rdatas) {
      auto& record = records.emplace_back();
      append_lowered(record, rrset.owner.wire());
      record += static_cast<char>(rrset.type);
      append_lowered(record, rdata);
    }
  }
  std::ranges::sort(records);
  return records;
}

}  // namespace

bool is_same(const wire::Answer& one, const wire::Answer& other) {
  return one.rcode == other.rcode && records_of(one) == records_of(other);
}

Verdict judge(const wire::Answer& got, const std::vector<sim::Zone>& zones, const wire::Question& question) {
  if (got.rcode == wire::Rcode::ServFail) return Verdict::Failed;
  return is_same(got, sim::resolve(zones, question)) ? Verdict::Right : Verdict::Wrong;
}

std::string to_text(const wire::Answer& answer) {
  auto text = wire::to_text(answer.rcode);
  for (const auto& rrset : answer.answer) {
    for (const auto rdata : rrset.rdatas) {
      text += fmt::format("; {} {} {}", rrset.owner.text(), wire::to_text(rrset.type),
                          wire::rdata_text(rrset.type, rdata));
    }
  }
  for (const auto& error : answer.errors)
    text += fmt::format("; EDE {} \"{}\"", static_cast<unsigned>(error.code), error.text);
  return text;
}

std::string to_text(const wire::Question& question) {
  return fmt::format("{} {}", question.name.text(), wire::to_text(question.type));
}

}  // namespace shirube::simulation
