#include <set>

#include "bridge/api/api.h"
#include "runtime/base/json_rpc_code.h"

namespace kiosk::bridge {
namespace {

using nlohmann::ordered_json;

ordered_json paramsOf(const MethodSpec& method) {
  std::set<std::string> required;
  for (const auto& name : method.params.value("required", nlohmann::json::array())) {
    required.insert(name.get<std::string>());
  }
  // By position, OpenRPC wants the required ones first; by name it does no harm.
  auto params = ordered_json::array();
  for (const bool wanted : {true, false}) {
    for (const auto& [name, schema] : method.params["properties"].items()) {
      if (required.contains(name) != wanted) continue;
      ordered_json param = {{"name", name}};
      if (schema.contains("description")) param["description"] = schema["description"];
      param["required"] = wanted;
      param["schema"] = schema;
      params.push_back(std::move(param));
    }
  }
  return params;
}

ordered_json errorsOf(const MethodSpec& method) {
  auto codes = gateErrors(method);
  codes.insert(codes.end(), method.errors.begin(), method.errors.end());
  auto errors = ordered_json::array();
  std::set<ErrorCode> seen;
  for (const auto code : codes) {
    if (!seen.insert(code).second) continue;
    errors.push_back({{"code", jsonRpcCode(code)},
                      {"message", errorName(code)},
                      {"data",
                       {{"code", errorName(code)},
                        {"errno", errorNumber(code)},
                        {"retryable", errorRetryable(code)}}}});
  }
  return errors;
}

ordered_json extensionsOf(const MethodSpec& method) {
  ordered_json rules = {{"since", method.since},
                        {"permission", nullptr},
                        {"consent", consentClassName(method.consent)},
                        {"activation", method.activation},
                        {"privileged", method.privileged},
                        {"value", method.value},
                        {"timeoutMs", method.timeoutMs}};
  if (method.permission != nullptr) rules["permission"] = method.permission->name;
  if (!method.originParam.empty()) rules["origin"] = method.originParam;
  if (method.perMinuteMax) rules["perMinuteMax"] = *method.perMinuteMax;
  return rules;
}

}  // namespace

std::string openRpc(const Catalogue& catalogue) {
  auto methods = ordered_json::array();
  for (const auto& method : catalogue.methods()) {
    methods.push_back({{"name", method->name},
                       {"summary", method->summary},
                       {"tags", ordered_json::array({{{"name", method->nameSpace}}})},
                       {"paramStructure", "by-name"},
                       {"params", paramsOf(*method)},
                       {"result", {{"name", "result"}, {"schema", method->result}}},
                       {"errors", errorsOf(*method)},
                       {"x-kiosk", extensionsOf(*method)}});
  }
  const ordered_json document = {{"openrpc", "1.3.2"},
                                 {"info",
                                  {{"title", "Kiosk bridge"},
                                   {"description", "What a mini-app may ask of its host."},
                                   {"version", std::to_string(kApiLevel) + ".0.0"}}},
                                 {"methods", std::move(methods)}};
  return document.dump(2) + "\n";
}

}  // namespace kiosk::bridge
