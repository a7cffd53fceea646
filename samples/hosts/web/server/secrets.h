#pragma once
// Chance and hashes for cookies, tokens and marks.

#include <kiosk/result.h>

#include <string>
#include <string_view>

namespace web_host {

/// 256 random bits in hex.
std::string newToken();
/// SHA-256 in hex.
std::string hashOf(std::string_view text);
/// HMAC-SHA-256 of `text` under `key`, 32 raw bytes.
std::string macOf(std::string_view key, std::string_view text);
std::string hexOf(std::string_view bytes);
/// In a time that depends on the lengths only.
bool sameSecret(std::string_view a, std::string_view b);

/// The 32 bytes of `path`, made with mode 0600 when it is not there.
/// Errors: HostError   it cannot be read, made, or is of another length.
kiosk::Result<std::string> secretFile(const std::string& path);

/// Replaces the file at `path`, mode 0600: a draft beside it, fsync, rename.
kiosk::Result<void> replaceFile(const std::string& path, std::string_view text);
/// The file's bytes. Errors: NotFound   it is not there; HostError   longer than `bytesMax`.
kiosk::Result<std::string> readWhole(const std::string& path, std::size_t bytesMax);

}  // namespace web_host
