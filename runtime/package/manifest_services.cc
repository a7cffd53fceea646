#include <algorithm>

#include "runtime/package/manifest_blocks.h"
#include "runtime/package/manifest_rules.h"

namespace kiosk {
namespace {

using nlohmann::json;

constexpr std::size_t kDomainsMax = 64;
constexpr std::size_t kTemplatesMax = 64;
constexpr std::size_t kCommandsMax = 32;
constexpr std::int64_t kAmountMinorMax = 1'000'000'000'000;  // ten thousand million roubles

void readNetwork(ManifestReading& reading, JsonFields& fields, Manifest& manifest) {
  const json* value = fields.find("network");
  if (value == nullptr) return;
  JsonFields block(*value, fields.pathOf("network"), reading.mistakes);
  manifest.network.domains =
      block.texts("domains", Presence::Optional, kDomainsMax, rules::kOrigin);
  if (!block.has("domains")) {
    block.mistake("domains", "is missing; list the origins the app connects to, [] for none");
  }
  manifest.network.devDomains =
      block.texts("dev_domains", Presence::Optional, kDomainsMax, rules::kDevOrigin);
  manifest.network.reason = reading.localText(
      block, "reason", manifest.network.domains.empty() ? Presence::Optional : Presence::Required,
      {1, 200});
  block.refuseOthers();
}

void readIdentity(ManifestReading& reading, JsonFields& fields, Manifest& manifest) {
  const json* value = fields.find("identity");
  if (value == nullptr) return;
  JsonFields block(*value, fields.pathOf("identity"), reading.mistakes);
  manifest.identity.claims = block.texts("claims", Presence::Optional, 7, rules::kClaim);
  manifest.identity.assurance = block.oneOf("assurance", {"basic", "verified", "gov"}, "basic");
  block.refuseOthers();
}

void readPayments(ManifestReading& reading, JsonFields& fields, Manifest& manifest) {
  const json* value = fields.find("payments");
  if (value == nullptr) return;
  JsonFields block(*value, fields.pathOf("payments"), reading.mistakes);
  PaymentsDeclaration read;
  read.merchantId = block.text("merchant_id", Presence::Required, rules::kMerchantId);
  read.methods = block.texts("methods", Presence::Required, 3, rules::kPaymentMethod);
  read.currencies = block.texts("currencies", Presence::Required, 16, rules::kCurrency);
  read.maxAmountMinor =
      block.integer("max_amount", Presence::Optional, 1, kAmountMinorMax).value_or(0);
  read.recurring = block.boolean("recurring");
  block.refuseOthers();
  manifest.payments = std::move(read);
}

void readMessages(ManifestReading& reading, JsonFields& fields, Manifest& manifest) {
  const json* value = fields.find("messages");
  if (value == nullptr) return;
  JsonFields block(*value, fields.pathOf("messages"), reading.mistakes);
  manifest.messages.templates =
      block.texts("templates", Presence::Optional, kTemplatesMax, rules::kToken);
  manifest.messages.writeAccess = block.boolean("write_access");
  block.refuseOthers();
}

void readBot(ManifestReading& reading, JsonFields& fields) {
  const json* value = fields.find("bot");
  if (value == nullptr) return;
  JsonFields block(*value, fields.pathOf("bot"), reading.mistakes);
  block.text("username", Presence::Required, rules::kMerchantId);
  block.array("commands", Presence::Optional, kCommandsMax,
              [&](const json& element, const std::string& path) {
                JsonFields command(element, path, reading.mistakes);
                command.text("name", Presence::Required, rules::kToken);
                reading.localText(command, "description", Presence::Required, {1, 100});
                command.refuseOthers();
              });
  block.oneOf("start_button", {"open", "start", "play", "none"}, "open");
  block.refuseOthers();
}

/// Where an app can be opened from, each with the page it starts at.
void readEntrypoints(ManifestReading& reading, JsonFields& fields, const Manifest& manifest) {
  const json* value = fields.find("entrypoints");
  if (value == nullptr) return;
  JsonFields block(*value, fields.pathOf("entrypoints"), reading.mistakes);
  for (const char* key : {"tabbar", "chat", "share", "qr", "external"}) {
    const std::string page = block.text(key, Presence::Optional, rules::kPath);
    const auto& pages = manifest.pages;
    if (!page.empty() && std::find(pages.begin(), pages.end(), page) == pages.end()) {
      block.mistake(key, "'" + page + "' is not one of the app's pages; list it in pages");
    }
  }
  block.refuseOthers();
}

}  // namespace

void readServices(ManifestReading& reading, JsonFields& fields, Manifest& manifest) {
  readNetwork(reading, fields, manifest);
  readIdentity(reading, fields, manifest);
  readPayments(reading, fields, manifest);
  readMessages(reading, fields, manifest);
  readBot(reading, fields);
}

void readLimits(ManifestReading& reading, JsonFields& fields, Manifest& manifest) {
  if (const json* value = fields.find("storage")) {
    JsonFields block(*value, fields.pathOf("storage"), reading.mistakes);
    manifest.storageLocalKiB = static_cast<std::uint32_t>(
        block.integer("local_kb", Presence::Optional, 0, 10'240).value_or(10'240));
    manifest.storageSecureKeys = static_cast<std::uint32_t>(
        block.integer("secure_keys", Presence::Optional, 0, 32).value_or(32));
    manifest.storageCloud = block.boolean("cloud");
    block.refuseOthers();
  }
  if (const json* value = fields.find("budget")) {
    JsonFields block(*value, fields.pathOf("budget"), reading.mistakes);
    const auto ceiling = [&](const char* key, std::int64_t min, std::int64_t max) {
      std::optional<std::uint32_t> read;
      if (const auto number = block.integer(key, Presence::Optional, min, max)) {
        read = static_cast<std::uint32_t>(*number);
      }
      return read;
    };
    manifest.budget.cpuMsPerTurn = ceiling("cpu_ms_per_turn", 1, 10'000);
    manifest.budget.heapMiB = ceiling("heap_mb", 4, 1024);
    manifest.budget.callsPerMinute = ceiling("calls_per_min", 1, 60'000);
    manifest.budget.privacyPoints = ceiling("privacy_points", 0, 100);
    manifest.budget.promptsPerDay = ceiling("prompts_per_day", 0, 100);
    manifest.budget.notificationsPerDay = ceiling("notifications_per_day", 0, 1000);
    block.refuseOthers();
  }
  if (const json* value = fields.find("background")) {
    JsonFields block(*value, fields.pathOf("background"), reading.mistakes);
    block.integer("grace_ms", Presence::Optional, 0, 5000);
    block.texts("tasks", Presence::Optional, 16, rules::kToken);
    block.refuseOthers();
  }
}

void readPresentation(ManifestReading& reading, JsonFields& fields, Manifest& manifest) {
  // W3C's own objects: their members are the renderer's business, so only their form is checked.
  if (const json* window = fields.find("window"); window != nullptr && !window->is_object()) {
    fields.mistake("window", "is not an object {…}");
  }
  fields.array("widgets", Presence::Optional, 32,
               [&](const json& element, const std::string& path) {
                 if (!element.is_object()) reading.mistakes.add(path, "is not an object {…}");
               });
  manifest.compat = fields.texts("compat", Presence::Optional, 4, rules::kCompat);
  readEntrypoints(reading, fields, manifest);
}

}  // namespace kiosk
