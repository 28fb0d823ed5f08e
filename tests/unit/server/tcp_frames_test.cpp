#include "server/tcp_frames.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

using namespace shirube;
using namespace shirube::server;

namespace {

void feed(FrameReader& reader, wire::BytesView bytes) {
  const auto room = reader.room();
  REQUIRE(room.size() >= bytes.size());
  std::ranges::copy(bytes, room.begin());
  reader.received(bytes.size());
}

wire::Bytes next(FrameReader& reader) {
  const auto message = reader.next();
  REQUIRE(message);
  return {message->begin(), message->end()};
}

}  // namespace

TEST_CASE("frames are cut out of a stream wherever it is split") {
  const wire::Bytes stream = {0, 3, 'a', 'b', 'c', 0, 0, 0, 1, 'd'};
  for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
    FrameReader reader;
    wire::Bytes all;
    int count = 0;
    for (const auto part : {wire::BytesView(stream).first(cut), wire::BytesView(stream).subspan(cut)}) {
      feed(reader, part);
      while (const auto message = reader.next()) {
        ++count;
        all.insert(all.end(), message->begin(), message->end());
      }
    }
    CHECK(count == 3);
    CHECK(all == wire::Bytes{'a', 'b', 'c', 'd'});
    CHECK(reader.empty());
  }
}

TEST_CASE("a claimed length takes no memory before its octets come") {
  FrameReader reader;
  feed(reader, wire::Bytes{0xff, 0xff, 1});
  CHECK(!reader.next());
  CHECK(reader.room().size() <= FrameReader::kSmall);
}

TEST_CASE("the largest message fits, and its memory is given back") {
  FrameReader reader;
  wire::Bytes frame(kFramePrefix + kMaxMessage, 7);
  wire::write_u16(frame.data(), 0xffff);
  for (std::size_t done = 0; done < frame.size();) {
    CHECK(!reader.has_whole_message());
    const auto part = std::min(reader.room().size(), frame.size() - done);
    feed(reader, wire::BytesView(frame).subspan(done, part));
    done += part;
  }
  CHECK(next(reader) == wire::Bytes(kMaxMessage, 7));
  CHECK(reader.room().size() == FrameReader::kSmall);
}

TEST_CASE("written frames come out as they went in, however little is taken at a time") {
  FrameWriter writer;
  wire::Bytes out;
  const auto take = [&](std::size_t count) {
    const auto part = writer.pending().first(std::min(count, writer.pending().size()));
    out.insert(out.end(), part.begin(), part.end());
    writer.sent(part.size());
  };
  writer.append(wire::Bytes{'a', 'b'});
  take(3);
  writer.append(wire::Bytes{'c'});
  take(1);
  writer.append({});
  while (!writer.pending().empty()) take(2);
  CHECK(out == wire::Bytes{0, 2, 'a', 'b', 0, 1, 'c', 0, 0});
}
