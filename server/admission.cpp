#include "server/admission.hpp"

#include <algorithm>
#include <array>

namespace shirube::server {
namespace {

using wire::Class;
using wire::Ede;
using wire::Opcode;
using wire::QueryFault;
using wire::Rcode;
using wire::Type;

[[nodiscard]] Admitted reply(Rcode rcode) { return {Admission::Reply, rcode, std::nullopt}; }
[[nodiscard]] Admitted reply(Rcode rcode, Ede code, const char* why) {
  return {Admission::Reply, rcode, wire::ExtendedError{code, why}};
}

[[nodiscard]] std::optional<Admitted> judge_type(Type type) {
  if (type == Type::ANY || !wire::is_meta(type)) return std::nullopt;
  if (type == Type::AXFR || type == Type::IXFR) {
    return reply(Rcode::Refused, Ede::NotAuthoritative, "no zone transfers from a resolver");
  }
  if (type == Type::NXNAME || type == Type::OPT)
    return reply(Rcode::FormErr, Ede::InvalidQueryType, "this type must not be queried");
  return reply(Rcode::NotImp, Ede::NotSupported, "meta type");
}

enum class ChaosName : std::uint8_t { Version, Identity };
struct ChaosEntry {
  const char* name;
  ChaosName what;
};
constexpr std::array kChaosNames{
    ChaosEntry{"version.bind", ChaosName::Version},
    ChaosEntry{"version.server", ChaosName::Version},
    ChaosEntry{"id.server", ChaosName::Identity},
    ChaosEntry{"hostname.bind", ChaosName::Identity},
};

[[nodiscard]] wire::RRset text_record(const wire::Name& owner, const std::string& text) {
  wire::RRset record;
  record.owner = owner;
  record.type = Type::TXT;
  record.klass = Class::CH;
  wire::Bytes rdata;
  const auto length = std::min<std::size_t>(text.size(), 255);  // one character-string (RFC 1035 §3.3)
  rdata.push_back(static_cast<std::uint8_t>(length));
  rdata.insert(rdata.end(), text.begin(), text.begin() + static_cast<std::ptrdiff_t>(length));
  record.rdatas.add(rdata);
  return record;
}

}  // namespace

Admitted admit(const wire::QueryView& query, bool client_allowed) {
  if (query.fault == QueryFault::NoHeader || query.fault == QueryFault::NotAQuery) return {};
  if (!client_allowed) return reply(Rcode::Refused, Ede::Prohibited, "not in server.allow");
  if (query.header.opcode != Opcode::Query) return reply(Rcode::NotImp);
  if (query.fault != QueryFault::None) return reply(Rcode::FormErr);
  if (query.edns && query.edns->version != 0) return reply(Rcode::BadVers);
  if (query.klass == Class::CH) return {Admission::Chaos, Rcode::NoError, std::nullopt};
  if (query.klass != Class::IN) return reply(Rcode::Refused, Ede::NotSupported, "only class IN");
  if (auto verdict = judge_type(query.type)) return *verdict;
  if (!query.header.rd) {
    return reply(Rcode::Refused, Ede::NotAuthoritative, "a resolver answers recursive questions only (RD=1)");
  }
  return {Admission::Resolve, Rcode::NoError, std::nullopt};
}

wire::Answer answer_chaos(const wire::Question& question, const Identity& identity) {
  wire::Answer answer;
  answer.rcode = Rcode::Refused;
  if (question.type != Type::TXT && question.type != Type::ANY) return answer;
  const auto* entry = std::ranges::find_if(
      kChaosNames, [&](const ChaosEntry& e) { return question.name == wire::Name::literal(e.name); });
  if (entry == kChaosNames.end()) return answer;
  const auto& text = entry->what == ChaosName::Version ? identity.version : identity.server;
  if (text.empty()) return answer;
  answer.rcode = Rcode::NoError;
  answer.authoritative = true;
  answer.answer.push_back(text_record(question.name, text));
  return answer;
}

}  // namespace shirube::server
