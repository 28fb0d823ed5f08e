// Reads a document into a draft, key by key, as key_table.hpp says.
// Threads:  one caller at a time.
// Errors:   every unknown key, wrong type and bad value is added to `problems`; the rest is read on.
#pragma once

#include "conf/document.hpp"
#include "conf/draft.hpp"

namespace shirube::conf {

[[nodiscard]] Draft read_document(const Table& document, Problems& problems);

}  // namespace shirube::conf
