#pragma once
// The three records of a ZIP file as archive.h draws them: each is made in one place, so that what
// the writer makes is what the reader demands.

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/package/archive.h"

namespace kiosk::zip {

constexpr std::uint32_t kLocalMagic = 0x04034b50;
constexpr std::uint32_t kCentralMagic = 0x02014b50;
constexpr std::uint32_t kEndMagic = 0x06054b50;
constexpr std::size_t kLocalBytes = 30;
constexpr std::size_t kCentralBytes = 46;
constexpr std::size_t kEndBytes = 22;
constexpr std::uint16_t kVersion = 20;
constexpr std::uint16_t kFlagUtf8 = 0x0800;
constexpr std::uint16_t kFlagEncrypted = 0x0001;
constexpr std::uint16_t kFlagDescriptor = 0x0008;
constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;
constexpr std::uint16_t kDate1980 = 0x0021;

std::uint16_t read16(std::string_view bytes, std::size_t offset);
std::uint32_t read32(std::string_view bytes, std::size_t offset);
void append16(std::string& out, std::uint32_t value);
void append32(std::string& out, std::uint64_t value);

/// The local header and name of `entry`.
std::string localRecord(const ArchiveEntry& entry);
/// The central header and name of `entry`.
std::string centralRecord(const ArchiveEntry& entry);
std::string endRecord(std::size_t files, std::uint64_t directoryBytes,
                      std::uint64_t directoryOffset);

/// CRC-32 as ZIP uses it.
std::uint32_t crcOf(std::string_view content);

}  // namespace kiosk::zip
