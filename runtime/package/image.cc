#include "runtime/package/image.h"

#include <cstring>

namespace kiosk {
namespace {

constexpr std::string_view kImageMagic = "KIOSKIM1";
constexpr std::size_t kHeaderBytes = 16, kEntryBytes = 32;

struct Entry {
  std::uint64_t nameOffset, nameLength, offset, length;
};
static_assert(sizeof(Entry) == kEntryBytes);

Entry entryAt(std::string_view image, std::uint32_t index) {
  Entry entry{};
  std::memcpy(&entry, image.data() + kHeaderBytes + index * kEntryBytes, kEntryBytes);
  return entry;
}

bool within(std::uint64_t offset, std::uint64_t length, std::size_t size) {
  return offset <= size && length <= size - offset;
}

}  // namespace

std::string encodeImage(const std::map<std::string, std::string, std::less<>>& files) {
  std::string out(kHeaderBytes + files.size() * kEntryBytes, '\0');
  std::memcpy(out.data(), kImageMagic.data(), kImageMagic.size());
  const auto count = static_cast<std::uint32_t>(files.size());
  std::memcpy(out.data() + 8, &count, sizeof count);
  std::size_t index = 0;
  std::map<std::string_view, Entry> entries;
  for (const auto& [name, content] : files) {
    entries[name] = Entry{out.size(), name.size(), 0, content.size()};
    out += name;
  }
  for (const auto& [name, content] : files) {
    out.resize((out.size() + 7) / 8 * 8, '\0');
    Entry& entry = entries[name];
    entry.offset = out.size();
    out += content;
    std::memcpy(out.data() + kHeaderBytes + index++ * kEntryBytes, &entry, kEntryBytes);
  }
  return out;
}

std::optional<ImageReader> ImageReader::open(std::string_view image) {
  if (image.size() < kHeaderBytes || image.substr(0, kImageMagic.size()) != kImageMagic)
    return std::nullopt;
  std::uint32_t count = 0;
  std::memcpy(&count, image.data() + 8, sizeof count);
  if (count > (image.size() - kHeaderBytes) / kEntryBytes) return std::nullopt;
  for (std::uint32_t i = 0; i < count; ++i) {
    const Entry entry = entryAt(image, i);
    if (!within(entry.nameOffset, entry.nameLength, image.size()) ||
        !within(entry.offset, entry.length, image.size())) {
      return std::nullopt;
    }
  }
  return ImageReader(image, count);
}

std::optional<std::string_view> ImageReader::file(std::string_view name) const {
  std::uint32_t low = 0, high = count_;
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    const Entry entry = entryAt(image_, middle);
    const auto found = image_.substr(entry.nameOffset, entry.nameLength);
    if (found == name) return image_.substr(entry.offset, entry.length);
    if (found < name) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return std::nullopt;
}

}  // namespace kiosk
