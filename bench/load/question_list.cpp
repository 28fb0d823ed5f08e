#include "bench/load/question_list.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

#include "wire/builder.hpp"

namespace shirube::bench {
namespace {

[[nodiscard]] std::optional<wire::Question> read_question(const std::string& line) {
  std::istringstream words(line);
  std::string name;
  std::string type;
  std::string more;
  if (!(words >> name >> type) || (words >> more)) return std::nullopt;
  const auto parsed_name = wire::Name::parse(name);
  const auto parsed_type = wire::parse_type(type);
  if (!parsed_name || !parsed_type) return std::nullopt;
  return wire::Question{*parsed_name, *parsed_type, wire::Class::IN};
}

[[nodiscard]] wire::Bytes query_packet(const wire::Question& question, std::optional<std::uint16_t> edns) {
  wire::Bytes packet(wire::kPlainUdpSize);
  wire::MessageBuilder builder(packet, packet.size());
  builder.set_header({.rd = true});
  if (!builder.add_question(question)) throw std::logic_error("a question that does not fit 512 octets");
  if (edns && !builder.add_opt({.udp_size = *edns}, wire::Rcode::NoError)) {
    throw std::logic_error("an OPT record that does not fit 512 octets");
  }
  packet.resize(builder.finish().size());
  return packet;
}

}  // namespace

QuestionList QuestionList::read(const std::string& path, std::optional<std::uint16_t> edns, Rounds rounds) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(fmt::format("cannot read {}", path));
  std::vector<wire::Bytes> packets;
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    if (line.empty() || line.front() == '#') continue;
    const auto question = read_question(line);
    if (!question) throw std::runtime_error(fmt::format("{}:{}: expected \"name type\"", path, number));
    packets.push_back(query_packet(*question, edns));
  }
  if (packets.empty()) throw std::runtime_error(fmt::format("{} holds no question", path));
  return {std::move(packets), rounds};
}

const wire::Bytes* QuestionList::next() {
  if (is_over()) return nullptr;
  if (at_ == packets_.size()) at_ = 0;
  return &packets_[at_++];
}

}  // namespace shirube::bench
