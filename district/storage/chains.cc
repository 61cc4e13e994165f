#include "district/storage/chains.h"

#include "district/storage/connection.h"

namespace hailong::district::storage {

core::Result<std::vector<StoredChain>> ChainReader::chains() {
  using Found = std::vector<StoredChain>;
  return reading(store_, "reading streams", [&](sql::Connection& c) -> core::Result<Found> {
    const sql::Rows rows =
        c.query("SELECT id, device_id, epoch, first, position, head FROM stream ORDER BY id");
    Found found;
    found.reserve(rows.size());
    for (const sql::Row row : rows) {
      found.push_back({row.integer(0), core::DeviceId{row.text(1)}, core::EpochId{row.text(2)},
                       row.integer(3), row.integer(4), row.bytes32(5)});
    }
    return found;
  });
}

core::Result<void> ChainReader::each_event(std::int64_t stream, core::Seq last,
                                           const VisitEvent& visit) {
  return reading(store_, "reading events", [&](sql::Connection& c) {
    c.each(
        "SELECT seq, hash, bytes FROM event WHERE stream_id = $1 AND seq <= $2 ORDER BY seq",
        [&](const sql::Row& row) { visit(row.integer(0), row.bytes32(1), row.bytes(2)); }, stream,
        last);
    return core::Result<void>();
  });
}

core::Result<std::vector<StoredContent>> ChainReader::contents(std::int64_t stream,
                                                               core::Seq last) {
  using Found = std::vector<StoredContent>;
  return reading(store_, "reading contents", [&](sql::Connection& c) -> core::Result<Found> {
    const sql::Rows rows = c.query(
        "SELECT seq, digest, salt, text, erased_by, erased_own FROM content "
        "WHERE stream_id = $1 AND seq <= $2 ORDER BY seq",
        stream, last);
    Found found;
    found.reserve(rows.size());
    for (const sql::Row row : rows) {
      StoredContent content{row.integer(0),       row.bytes32(1),      {}, {},
                            row.maybe_integer(4), row.maybe_integer(5)};
      if (!row.is_null(2)) content.salt = row.bytes32(2);
      if (!row.is_null(3)) content.text = row.bytes(3);
      found.push_back(std::move(content));
    }
    return found;
  });
}

}  // namespace hailong::district::storage
