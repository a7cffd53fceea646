#pragma once
// The host's messenger. A host with chats of its own implements this; the default keeps users,
// chats and messages in the embedded store.

#include <kiosk/ids.h>
#include <kiosk/result.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace kiosk::bridge {

/// Chats that a picker offers at most; the ones in front when there are more.
inline constexpr std::size_t kPickerChatsMax = 200;

struct ChatChoice {
  std::string id;
  std::string label;  ///< as the user knows the chat
};

/// What an app hands over, and on whose behalf.
struct SharedMessage {
  std::string id;  ///< unguessable, made by the caller
  std::string chatId;
  UserId sender;
  AppId viaApp;
  std::string viaAppName;     ///< shown to the readers: "via <name>"
  std::string text, link;     ///< empty when absent
  nlohmann::json attachment;  ///< {title, description?, image?}, or null
  std::int64_t createdAtMs = 0;
};

/// Threads: the loop's own.
class Messaging {
 public:
  virtual ~Messaging() = default;
  /// The chats that `user` may write to, at most kPickerChatsMax, in the order to show.
  virtual void chats(const UserId& user,
                     std::function<void(Result<std::vector<ChatChoice>>)> done) = 0;
  /// Puts `message` into its chat; `done` comes when it would survive a power cut.
  /// Errors: NotFound   the sender may not write to that chat, or it is gone.
  virtual void post(SharedMessage message, std::function<void(Result<void>)> done) = 0;
};

}  // namespace kiosk::bridge
