#include "runtime/package/zip_records.h"

#include <zlib.h>

namespace kiosk::zip {
namespace {

/// Bytes 4..27 of a local header, which a central header repeats.
void appendShared(std::string& out, const ArchiveEntry& entry) {
  append16(out, kVersion);
  append16(out, kFlagUtf8);
  append16(out, entry.method);
  append16(out, 0);
  append16(out, kDate1980);
  append32(out, entry.crc);
  append32(out, entry.packedBytes);
  append32(out, entry.sizeBytes);
  append16(out, static_cast<std::uint32_t>(entry.name.size()));
}

}  // namespace

std::uint16_t read16(std::string_view bytes, std::size_t offset) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[offset + i]); };
  return static_cast<std::uint16_t>(byte(0) | byte(1) << 8);
}

std::uint32_t read32(std::string_view bytes, std::size_t offset) {
  return read16(bytes, offset) | static_cast<std::uint32_t>(read16(bytes, offset + 2)) << 16;
}

void append16(std::string& out, std::uint32_t value) {
  out += static_cast<char>(value & 0xff);
  out += static_cast<char>(value >> 8 & 0xff);
}

void append32(std::string& out, std::uint64_t value) {
  append16(out, static_cast<std::uint32_t>(value & 0xffff));
  append16(out, static_cast<std::uint32_t>(value >> 16 & 0xffff));
}

std::string localRecord(const ArchiveEntry& entry) {
  std::string out;
  append32(out, kLocalMagic);
  appendShared(out, entry);
  append16(out, 0);
  return out + entry.name;
}

std::string centralRecord(const ArchiveEntry& entry) {
  std::string out;
  append32(out, kCentralMagic);
  append16(out, kVersion);
  appendShared(out, entry);
  append16(out, 0);
  append16(out, 0);
  append16(out, 0);
  append16(out, 0);
  append32(out, 0);
  append32(out, entry.headerOffset);
  return out + entry.name;
}

std::string endRecord(std::size_t files, std::uint64_t directoryBytes,
                      std::uint64_t directoryOffset) {
  std::string out;
  append32(out, kEndMagic);
  append16(out, 0);
  append16(out, 0);
  append16(out, static_cast<std::uint32_t>(files));
  append16(out, static_cast<std::uint32_t>(files));
  append32(out, directoryBytes);
  append32(out, directoryOffset);
  append16(out, 0);
  return out;
}

std::uint32_t crcOf(std::string_view content) {
  return static_cast<std::uint32_t>(::crc32(0, reinterpret_cast<const Bytef*>(content.data()),
                                            static_cast<uInt>(content.size())));
}

}  // namespace kiosk::zip
