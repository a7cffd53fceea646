#pragma once
// What a person's act on a node does: to the view at once, and what the guest is told of it.

#include <kiosk/session.h>

#include <string>
#include <vector>

#include "runtime/host/view/view_tree.h"

namespace kiosk {

/// Bytes of a text that a person types or chooses.
constexpr std::size_t kTypedBytesMax = 16 * 1024;

struct UserEffect {
  struct Change {
    ViewNodeId node;
    std::string property;
    std::string value;  ///< empty: a flag is not set any more
  };
  std::vector<Change> changes;
  /// {id, type, value?, group?, groupValue?} of the guest's `ui.event`; null: nobody listens.
  nlohmann::json event;
  /// Whether the app may do one thing that needs a person's touch.
  bool activates = true;
};

/// What `act` on node `id` of `tree` does. Nothing is done yet.
/// Errors: as Session::act, but for the app that is not shown.
Result<UserEffect> effectOf(const ViewTree& tree, ViewNodeId id, const UserAct& act);

}  // namespace kiosk
