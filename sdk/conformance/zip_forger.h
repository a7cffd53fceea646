#pragma once
// Writes ZIP files that no honest tool writes. Without a lie it makes exactly what kiosk pack makes
// for files that do not shrink, so that whoever tries a reader changes one thing only. Header only,
// for the tests of the reader in runtime/package too.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "runtime/package/zip_records.h"

namespace kiosk::conformance {

/// The fields of a header, in both of its places.
struct ForgedHeader {
  std::uint16_t madeBy = 20, version = 20, flags = 0x0800, method = 0, time = 0, date = 0x21;
  std::uint32_t crc = 0, packedBytes = 0, sizeBytes = 0, attributes = 0;
  std::string name, extra, comment;
};

/// One file and what is not true of it.
struct ForgedFile {
  std::string name, content;
  /// Changes what both headers say.
  std::function<void(ForgedHeader&)> both = [](ForgedHeader&) {};
  /// Changes what only one of them says.
  std::function<void(ForgedHeader&)> local = [](ForgedHeader&) {};
  std::function<void(ForgedHeader&)> central = [](ForgedHeader&) {};
  /// What lies in the file instead of `content`.
  std::optional<std::string> packed;
  /// Bytes behind the data, such as a data descriptor.
  std::string behind;
  /// Where the directory says the local header is; by default where it is.
  std::optional<std::uint32_t> offset;
};

/// An archive; what is absent is as it should be.
struct ForgedZip {
  std::vector<ForgedFile> files;
  std::string before;           ///< bytes before the first local header, not counted in offsets
  std::string betweenParts;     ///< bytes between the last file and the directory
  std::string behindDirectory;  ///< bytes between the directory and the end record
  std::string comment;          ///< the end record's
  std::string after;            ///< bytes behind the end record
  std::optional<std::uint16_t> count, countOnDisk, disk;
  std::optional<std::uint32_t> directoryBytes, directoryOffset;
};

/// The fields that both headers have, in their order.
inline void appendForgedFields(std::string& out, const ForgedHeader& header) {
  for (const std::uint16_t field :
       {header.version, header.flags, header.method, header.time, header.date}) {
    zip::append16(out, field);
  }
  zip::append32(out, header.crc);
  zip::append32(out, header.packedBytes);
  zip::append32(out, header.sizeBytes);
  zip::append16(out, static_cast<std::uint32_t>(header.name.size()));
  zip::append16(out, static_cast<std::uint32_t>(header.extra.size()));
}

/// The bytes of `forged`.
inline std::string forge(const ForgedZip& forged) {
  std::string out, directory;
  for (const auto& file : forged.files) {
    const std::string& data = file.packed ? *file.packed : file.content;
    ForgedHeader header;
    header.name = file.name;
    header.crc = zip::crcOf(file.content);
    header.packedBytes = static_cast<std::uint32_t>(data.size());
    header.sizeBytes = static_cast<std::uint32_t>(file.content.size());
    file.both(header);
    ForgedHeader local = header, central = header;
    file.local(local);
    file.central(central);
    const auto offset = file.offset.value_or(static_cast<std::uint32_t>(out.size()));
    zip::append32(out, zip::kLocalMagic);
    appendForgedFields(out, local);
    out += local.name + local.extra + data + file.behind;
    zip::append32(directory, zip::kCentralMagic);
    zip::append16(directory, central.madeBy);
    appendForgedFields(directory, central);
    zip::append16(directory, static_cast<std::uint32_t>(central.comment.size()));
    zip::append32(directory, 0);
    zip::append32(directory, central.attributes);
    zip::append32(directory, offset);
    directory += central.name + central.extra + central.comment;
  }
  out += forged.betweenParts;
  const auto directoryOffset = static_cast<std::uint32_t>(out.size());
  out += directory + forged.behindDirectory;
  const auto count = static_cast<std::uint16_t>(forged.files.size());
  zip::append32(out, zip::kEndMagic);
  zip::append16(out, forged.disk.value_or(0));
  zip::append16(out, 0);
  zip::append16(out, forged.countOnDisk.value_or(count));
  zip::append16(out, forged.count.value_or(count));
  zip::append32(out, forged.directoryBytes.value_or(static_cast<std::uint32_t>(directory.size())));
  zip::append32(out, forged.directoryOffset.value_or(directoryOffset));
  zip::append16(out, static_cast<std::uint32_t>(forged.comment.size()));
  return forged.before + out + forged.comment + forged.after;
}

}  // namespace kiosk::conformance
