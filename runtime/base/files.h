#pragma once
// Files that are whole or as they were: what the host writes survives a crash at any moment.

#include <kiosk/result.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace kiosk {

/// Makes the folder `path` with mode 0700 unless it is there; its parent must be.
/// Errors: HostError   it cannot be made.
Result<void> makeFolder(const std::string& path);

/// The bytes of `path`.
/// Errors: NotFound          there is no such file, or it cannot be opened
///         PayloadTooLarge   it holds more than `bytesMax`
///         HostError         it cannot be read
Result<std::string> readFileWhole(const std::string& path, std::size_t bytesMax);

/// Replaces `path` by a file with `bytes` and mode 0600. When it returns, the file and its name are
/// on disk; when the process or the machine stops before, the old file is there, or none, and
/// perhaps a draft `path`.part.
/// Errors: StorageFull   no room is left
///         HostError     it cannot be written
Result<void> replaceFileDurably(const std::string& path, std::string_view bytes);

/// Removes `path`, durably; nothing happens when it is not there.
/// Errors: HostError   it cannot be removed.
Result<void> removeFileDurably(const std::string& path);

}  // namespace kiosk
