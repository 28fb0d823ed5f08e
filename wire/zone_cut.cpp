#include "wire/zone_cut.hpp"

namespace shirube::wire {

bool is_above_cut(const Name& name, Type type) { return type == Type::DS && !name.is_root(); }

Name name_above_cut(const Name& name, Type type) { return is_above_cut(name, type) ? name.parent() : name; }

Name name_above_cut(const Question& question) { return name_above_cut(question.name, question.type); }

}  // namespace shirube::wire
