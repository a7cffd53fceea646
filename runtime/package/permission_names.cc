#include "runtime/package/permission_names.h"

#include <algorithm>
#include <array>

namespace kiosk {
namespace {

constexpr std::array kNames = std::to_array<std::string_view>({
    "device.biometrics",      "device.camera",
    "device.clipboard.read",  "device.location.city",
    "device.location.coarse", "device.location.fine",
    "device.motion",          "device.nfc",
    "identity.basic",         "identity.claims",
    "identity.contact_card",  "identity.global_id",
    "identity.kyc",           "identity.phone",
    "identity.sign",          "messages.chat_context",
    "messages.notify",        "messages.write",
    "payments.charge",        "payments.recurring",
    "payments.request_money", "storage.cloud",
});
static_assert(std::is_sorted(kNames.begin(), kNames.end()));

}  // namespace

std::span<const std::string_view> permissionNames() { return kNames; }

bool isPermissionName(std::string_view name) {
  return std::binary_search(kNames.begin(), kNames.end(), name);
}

}  // namespace kiosk
