#include "wire/query.hpp"

namespace shirube::wire {
namespace {

// Reads what stands behind the question of one query.
class RecordsReader {
 public:
  RecordsReader(BytesView packet, std::size_t offset) : packet_(packet), at_(offset) {}

  [[nodiscard]] QueryFault read(const Header& header, Type type, std::optional<Edns>& edns) {
    if (!has_query_sections(header, type)) return QueryFault::BadRecords;
    const std::size_t before_additional = std::size_t{header.answer_count} + header.authority_count;
    const std::size_t count = before_additional + header.additional_count;
    for (std::size_t i = 0; i < count; ++i) {
      const Section section = i < before_additional ? Section::Authority : Section::Additional;
      const QueryFault fault = take_record(section, edns);
      if (fault != QueryFault::None) return fault;
    }
    return QueryFault::None;
  }

 private:
  static bool has_query_sections(const Header& header, Type type) {
    if (header.opcode != Opcode::Query) return true;
    const std::size_t authority_limit = type == Type::IXFR ? 1 : 0;
    return header.answer_count == 0 && header.authority_count <= authority_limit;
  }

  QueryFault take_record(Section section, std::optional<Edns>& edns) {
    const auto record = read_record(packet_, at_, section);
    if (!record) return QueryFault::BadRecords;
    at_ = record->rdata_offset + record->rdata.size();
    if (record->type != Type::OPT) return QueryFault::None;
    if (edns || !is_in_place(*record, packet_)) return QueryFault::BadEdns;
    edns = read_edns(*record);
    return edns ? QueryFault::None : QueryFault::BadEdns;
  }

  BytesView packet_;
  std::size_t at_;
};

}  // namespace

void read_query(BytesView packet, QueryView& into) {
  into.edns.reset();
  into.question = {};
  into.name_size = 0;
  if (packet.size() < kHeaderSize) {
    into.header = {};
    into.fault = QueryFault::NoHeader;
    return;
  }
  into.header = read_header(packet);
  into.fault = into.header.qr ? QueryFault::NotAQuery : QueryFault::BadQuestion;
  if (into.header.qr || into.header.question_count != 1) return;

  const auto name_size = measure_name(packet.subspan(kHeaderSize));
  if (!name_size) return;
  const std::size_t size = *name_size + kQuestionFixedSize;
  if (kHeaderSize + size > packet.size()) return;
  into.question = packet.subspan(kHeaderSize, size);
  into.name_size = static_cast<std::uint8_t>(*name_size);
  copy_lowered(into.name_as_asked(), into.lowered_name.data());
  into.type = Type{read_u16(&into.question[*name_size])};
  into.klass = Class{read_u16(&into.question[*name_size + 2])};
  into.fault = RecordsReader(packet, kHeaderSize + size).read(into.header, into.type, into.edns);
}

}  // namespace shirube::wire
