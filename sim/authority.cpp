#include "sim/authority.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "sim/seeded_random.hpp"
#include "wire/builder.hpp"
#include "wire/edns.hpp"
#include "wire/query.hpp"

namespace shirube::sim {
namespace {

using wire::QueryFault;
using wire::Rcode;
using wire::Section;
using wire::Type;

constexpr std::size_t kMostGarbage = 100;
constexpr std::uint32_t kRootTtl = 518'400;

[[nodiscard]] wire::Bytes garbage(std::uint64_t seed) {
  SeededRandom random(seed);
  wire::Bytes bytes(random.below(kMostGarbage));
  random.fill(bytes);
  return bytes;
}

[[nodiscard]] bool misses_by_case(const wire::QueryView& query, const Faults& faults) {
  return faults.compares_case != CaseSaid::Nothing && query.fault == QueryFault::None &&
         !std::ranges::equal(query.name_as_asked(), query.lowered());
}

[[nodiscard]] bool stays_silent(const wire::QueryView& query, const Faults& faults) {
  return faults.silent || query.fault == QueryFault::NoHeader || query.fault == QueryFault::NotAQuery ||
         (faults.compares_case == CaseSaid::Silence && misses_by_case(query, faults)) ||
         (faults.drops_edns && query.edns) || (faults.silent_on_ns && query.type == Type::NS) ||
         std::ranges::find(faults.silent_on, query.type) != faults.silent_on.end();
}

// The response code of a query that is not even looked at.
[[nodiscard]] std::optional<Rcode> rejection(const wire::QueryView& query, const Faults& faults) {
  if (query.fault != QueryFault::None || (faults.no_edns && query.edns)) return Rcode::FormErr;
  if (faults.lame || (faults.refuses_rd && query.header.rd)) return Rcode::Refused;
  if (faults.servfail) return Rcode::ServFail;
  if (faults.notimp) return Rcode::NotImp;
  if (query.header.opcode != wire::Opcode::Query) return Rcode::NotImp;
  if (query.edns && query.edns->version != 0) return Rcode::BadVers;
  const bool is_transfer = query.type == Type::AXFR || query.type == Type::IXFR;
  if (query.klass != wire::Class::IN || is_transfer) return Rcode::Refused;
  return std::nullopt;
}

// The reply to a name with capital letters. nullopt: the same as for a missing name.
[[nodiscard]] std::optional<Rcode> said_to_capitals(CaseSaid said) {
  if (said == CaseSaid::Refused) return Rcode::Refused;
  if (said == CaseSaid::FormErr) return Rcode::FormErr;
  if (said == CaseSaid::ServFail) return Rcode::ServFail;
  return std::nullopt;
}

// As an old BIND says that it does not know better: the root's servers, without addresses.
[[nodiscard]] wire::Answer referral_to_root() {
  wire::Answer answer;
  wire::RRset servers{.owner = {}, .type = Type::NS, .ttl = kRootTtl};
  servers.rdatas.add(wire::Name::literal("a.root-servers.net.").wire());
  answer.authority.push_back(std::move(servers));
  return answer;
}

[[nodiscard]] wire::Answer with_faults(wire::Answer answer, const Faults& faults) {
  if (answer.rcode == Rcode::Refused && faults.upward_referral) return referral_to_root();
  const bool denies = answer.authoritative && answer.answer.empty();
  if (denies && answer.rcode == Rcode::NoError && faults.fails_no_data) answer.rcode = Rcode::ServFail;
  if (faults.no_soa)
    std::erase_if(answer.authority, [](const auto& rrset) { return rrset.type == Type::SOA; });
  const bool clears_aa =
      faults.not_authoritative || (faults.aa_on_nxdomain_only && answer.rcode != Rcode::NxDomain);
  if (clears_aa) answer.authoritative = false;
  return answer;
}

// The reply of a resolver that does not recurse for this query. nullopt: it answers.
[[nodiscard]] std::optional<wire::Answer> without_rd(const wire::QueryView& query, const wire::Name& name,
                                                     const Faults& faults) {
  if (faults.without_rd == WithoutRd::TheSame || query.header.rd) return std::nullopt;
  if (std::ranges::find(faults.cached, name) != faults.cached.end()) return std::nullopt;
  if (faults.without_rd == WithoutRd::Upward) return referral_to_root();
  wire::Answer answer;
  if (faults.without_rd == WithoutRd::Refused) answer.rcode = Rcode::Refused;
  if (faults.without_rd == WithoutRd::ServFail) answer.rcode = Rcode::ServFail;
  if (faults.without_rd == WithoutRd::NotImp) answer.rcode = Rcode::NotImp;
  return answer;
}

[[nodiscard]] bool is_denial(const wire::Answer& answer) {
  return answer.answer.empty() && std::ranges::none_of(answer.authority, [](const wire::RRset& rrset) {
           return rrset.type == Type::NS;
         });
}

// A denial with the SOA of the zone that `name` lies in, whatever the name has. A server that misses a name
// misses an alias and a delegation, too: it denies those in their own zone.
[[nodiscard]] wire::Answer denial(wire::Name name, const LookUp& look_up) {
  // A type that hardly any name has.
  constexpr auto kRare = Type::SMIMEA;
  auto answer = look_up({name, kRare, wire::Class::IN}, Proofs::LeftOut);
  while (!is_denial(answer) && !name.is_root()) {
    name = name.parent();
    answer = look_up({name, kRare, wire::Class::IN}, Proofs::LeftOut);
  }
  return answer;
}

[[nodiscard]] wire::Answer to_capitals(const wire::Name& name, CaseSaid said, const LookUp& look_up) {
  wire::Answer answer;
  if (const auto rcode = said_to_capitals(said)) {
    answer.rcode = *rcode;
    return answer;
  }
  answer = denial(name, look_up);
  if (said == CaseSaid::NxDomain) answer.rcode = Rcode::NxDomain;
  return answer;
}

// `honest` is the reply of the server without this fault. nullopt: silence.
[[nodiscard]] std::optional<wire::Answer> to_aaaa(const wire::Name& name, AaaaSaid said, wire::Answer honest,
                                                  const LookUp& look_up) {
  if (!honest.authoritative) return honest;
  if (said == AaaaSaid::Silence) return std::nullopt;
  wire::Answer answer;
  if (said == AaaaSaid::ServFail) answer.rcode = Rcode::ServFail;
  if (said == AaaaSaid::Refused) answer.rcode = Rcode::Refused;
  if (said != AaaaSaid::NxDomain) return answer;
  answer = denial(name, look_up);
  answer.rcode = Rcode::NxDomain;
  return answer;
}

// nullopt: silence.
[[nodiscard]] std::optional<wire::Answer> decide(const wire::QueryView& query, const Faults& faults,
                                                 const LookUp& look_up) {
  if (const auto rcode = rejection(query, faults)) {
    wire::Answer rejected;
    rejected.rcode = *rcode;
    return with_faults(std::move(rejected), faults);
  }
  const wire::Question question{
      .name = wire::Name::from_checked_wire(query.name_as_asked()), .type = query.type, .klass = query.klass};
  if (misses_by_case(query, faults)) return to_capitals(question.name, faults.compares_case, look_up);
  if (auto said = without_rd(query, question.name, faults)) return said;
  const bool wants_proofs = (query.edns && query.edns->dnssec_ok) || query.type == Type::ANY;
  auto answer = look_up(question, wants_proofs ? Proofs::Included : Proofs::LeftOut);
  if (faults.to_aaaa != AaaaSaid::TheSame && question.type == Type::AAAA) {
    auto said = to_aaaa(question.name, faults.to_aaaa, std::move(answer), look_up);
    if (!said) return std::nullopt;
    answer = std::move(*said);
  }
  return with_faults(std::move(answer), faults);
}

[[nodiscard]] bool is_failure(Rcode rcode) {
  return rcode == Rcode::FormErr || rcode == Rcode::ServFail || rcode == Rcode::NotImp ||
         rcode == Rcode::Refused;
}

[[nodiscard]] bool is_proof(Type type) { return type == Type::DS || wire::is_denial(type); }

// False when something had to be left out.
[[nodiscard]] bool add_records(wire::MessageBuilder& builder, const wire::Answer& answer, bool dnssec_ok) {
  const auto add_all = [&](Section section, const std::vector<wire::RRset>& rrsets) {
    return std::ranges::all_of(rrsets, [&](const wire::RRset& rrset) {
      if (section == Section::Authority && is_proof(rrset.type) && !dnssec_ok) return true;
      return builder.add(section, rrset, rrset.ttl, dnssec_ok);
    });
  };
  if (!add_all(Section::Answer, answer.answer) || !add_all(Section::Authority, answer.authority))
    return false;
  return add_all(Section::Additional, answer.additional) || answer.authoritative;
}

[[nodiscard]] bool sets_aa(const Manner& manner, const wire::Answer& answer) {
  if (manner.faults.always_aa) return true;
  const bool clears = manner.faults.no_aa_over_tcp && manner.over_tcp;
  return answer.authoritative && manner.role == Role::Authority && !clears;
}

[[nodiscard]] wire::Header reply_header(const wire::QueryView& query, const Manner& manner,
                                        const wire::Answer& answer) {
  auto header = query.header;
  header.qr = true;
  header.aa = sets_aa(manner, answer);
  header.tc = false;
  header.ra = manner.role == Role::Recursor;
  header.ad = false;
  header.rcode_low = static_cast<std::uint8_t>(static_cast<unsigned>(answer.rcode) & 0xf);
  return header;
}

[[nodiscard]] bool add_question(wire::MessageBuilder& builder, const wire::QueryView& query,
                                bool in_lower_case) {
  if (!in_lower_case) return builder.add_question_bytes(query.question);
  return builder.add_question(
      {.name = wire::Name::from_checked_wire(query.lowered()), .type = query.type, .klass = query.klass});
}

[[nodiscard]] std::size_t size_limit(const wire::QueryView& query, bool over_tcp) {
  if (over_tcp) return wire::kMaxMessageSize;
  return std::max(wire::kPlainUdpSize, query.edns ? query.edns->udp_size : wire::kPlainUdpSize);
}

[[nodiscard]] wire::Bytes render(const wire::QueryView& query, const Manner& manner,
                                 const wire::Answer& answer) {
  const auto& faults = manner.faults;
  std::array<std::uint8_t, wire::kMaxMessageSize> buffer;
  wire::MessageBuilder builder(buffer, size_limit(query, manner.over_tcp));
  builder.set_header(reply_header(query, manner, answer));
  const bool with_opt = query.edns && !faults.no_edns;
  const wire::OptToWrite opt{.dnssec_ok = with_opt && query.edns->dnssec_ok};
  if (with_opt) builder.reserve(wire::encoded_size(opt));
  const bool with_question = !query.question.empty() && !(faults.no_question && is_failure(answer.rcode));
  bool complete = !with_question || add_question(builder, query, faults.ignores_case);
  complete = complete && !(faults.truncates && !manner.over_tcp);
  // ANY asks for all, signatures too, whatever DO says: that made the answers of signed domains so large.
  complete = complete && add_records(builder, answer, opt.dnssec_ok || query.type == Type::ANY);
  if (!complete) builder.set_truncated();
  // Its place was kept free, so it always fits.
  if (with_opt) static_cast<void>(builder.add_opt(opt, answer.rcode));
  const auto message = builder.finish();
  return {message.begin(), message.end()};
}

}  // namespace

wire::Bytes reply_to(wire::BytesView packet, const Manner& manner, const LookUp& look_up) {
  wire::QueryView query;
  wire::read_query(packet, query);
  if (stays_silent(query, manner.faults)) return {};
  if (manner.faults.garbage) return garbage(manner.random);
  const auto answer = decide(query, manner.faults, look_up);
  if (!answer) return {};
  const bool no_data = answer->rcode == Rcode::NoError && answer->authoritative && answer->answer.empty();
  if (no_data && manner.faults.silent_on_no_data) return {};
  return render(query, manner, *answer);
}

wire::Bytes formerr_without_opt(wire::BytesView packet) {
  wire::QueryView query;
  wire::read_query(packet, query);
  if (query.fault != QueryFault::None || !query.edns) return {};
  query.edns.reset();
  wire::Answer answer;
  answer.rcode = Rcode::FormErr;
  return render(query, {}, answer);
}

}  // namespace shirube::sim
