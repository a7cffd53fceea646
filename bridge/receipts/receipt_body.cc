// What receipts take from a mini-app's session and its question. Apart from receipt.cc, which
// payments without mini-apps need too.

#include "bridge/receipts/receipt.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;

std::string_view methodName(CollectionMethod method) {
  switch (method) {
    case CollectionMethod::Sheet:
      return "host-sheet";
    case CollectionMethod::Settings:
      return "host-settings";
    case CollectionMethod::App:
      return "app";
  }
  return "";
}

/// Who answers for the app in law, as the manifest says; members that it leaves out are absent.
json controllerOf(const Manifest& manifest) {
  json controller = json::object();
  if (!manifest.appOperator) return controller;
  const auto& known = *manifest.appOperator;
  const std::pair<const char*, const std::string&> members[] = {
      {"name", known.name},         {"inn", known.inn},
      {"ogrn", known.ogrn},         {"address", known.address},
      {"email", known.email},       {"phone", known.phone},
      {"termsUrl", known.termsUrl}, {"privacyPolicyUrl", known.privacyPolicyUrl}};
  for (const auto& [name, value] : members) {
    if (!value.empty()) controller[name] = value;
  }
  return controller;
}

}  // namespace

json bodyOf(const SessionInfo& session, const ConsentQuestion& question,
            const std::string& principal) {
  const auto& manifest = session.manifest();
  const auto* declared = manifest.declared(question.grantName);
  json body = {{"principal", principal},
               {"app",
                {{"id", manifest.appId.value},
                 {"name", question.prompt.appName},
                 {"version", manifest.versionName},
                 {"codeHash", session.package->payloadHash}}},
               {"controller", controllerOf(manifest)},
               {"call", question.method},
               {"purpose", question.prompt.purpose},
               {"dataCategories", question.dataCategories},
               {"retentionDays", nullptr},
               {"language", session.language},
               {"scope", question.prompt.everyTime ? "each" : "once"},
               {"consentType", "explicit"},
               {"collectionMethod", methodName(CollectionMethod::Sheet)},
               {"text", question.text},
               {"textHash", question.textHash},
               {"actHash", question.actHash},
               {"consentHash", question.consentHash}};
  if (declared != nullptr && declared->retentionDays) {
    body["retentionDays"] = *declared->retentionDays;
  }
  return body;
}

json revocationBody(CollectionMethod method) {
  return {{"collectionMethod", methodName(method)}, {"consentType", "explicit"}};
}

}  // namespace kiosk::bridge
