// Goal: what the gate lets through to a handler is what the method's schema says, judged alike by
// valijson and by our own words for the refusal. Method: an input is a method's name and, on the
// next lines, its parameters; or "schema", a line with a schema and then a value; or "catalogue"
// and a file of one.

#include <kiosk/bridge/catalogue.h>

#include "bridge/formats.h"
#include "bridge/net/net_url.h"
#include "bridge/schema.h"
#include "runtime/base/json.h"
#include "tests/fuzz/fuzz.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;

constexpr std::string_view kFormatNames[] = {
    "identifier", "key",      "line",  "text",   "base64url",  "hex",         "uri-https", "url",
    "uuid",       "currency", "phone", "method", "permission", "jws-compact", "date-time"};

bool isOf(std::string_view format, std::string_view text) {
  const Format* found = findFormat(format);
  KIOSK_CHECK(found != nullptr, "a documented format is there");
  return found->check(text);
}

/// What formats promise to whoever reads a text further.
void checkFormats(const std::string& text) {
  for (const auto name : kFormatNames) isOf(name, text);
  const bool isLine = isOf("line", text);
  if (isLine) KIOSK_CHECK(text.find_first_of("\r\n\t\x1b") == text.npos, "a line is one line");
  KIOSK_CHECK(!isLine || isOf("text", text), "a line is a text");
  KIOSK_CHECK(!isOf("identifier", text) || isOf("key", text), "an identifier is a key");
  KIOSK_CHECK(!isOf("hex", text) || fromHex(text), "hex is bytes");
  KIOSK_CHECK(!fromBase64Url(text) || isOf("base64url", text), "what is read as bytes is of it");
  KIOSK_CHECK(isOf("url", text) == parseNetUrl(text).has_value(), "an address is one");
  KIOSK_CHECK(!isOf("permission", text) || isOf("line", text), "a permission is a line");
}

void visitTexts(const json& value) {
  if (value.is_string()) checkFormats(value.get_ref<const std::string&>());
  if (value.is_object()) {
    for (const auto& [key, child] : value.items()) checkFormats(key);
  }
  if (value.is_structured()) {
    for (const json& child : value) visitTexts(child);
  }
}

void checkAgainst(const CompiledSchema& compiled, const json& schema, const json& value) {
  const auto checked = compiled.check(value, "params");
  const auto why = explainViolation(schema, value, "params");
  KIOSK_CHECK(checked.has_value() == why.empty(), "both readers of a schema judge alike");
  if (checked) return;
  KIOSK_CHECK(checked.error().code == ErrorCode::InvalidParams, "the code that is declared");
  KIOSK_CHECK(isUtf8(checked.error().message), "a message can be shown");
}

void tryCall(const MethodSpec& method, std::string_view text) {
  const auto params = parseJson(text);
  if (!params) return;
  visitTexts(*params);
  checkAgainst(*method.paramsSchema, method.params, *params);
  checkAgainst(*method.resultSchema, method.result, *params);
}

void trySchema(fuzz::Pieces pieces) {
  const auto schema = parseJson(pieces.until('\n'));
  const auto value = parseJson(pieces.rest());
  if (!schema || !value || !lintSchema(*schema, "schema")) return;
  const auto compiled = CompiledSchema::compile(*schema);
  KIOSK_CHECK(compiled.has_value(), "a schema that passed the lint compiles");
  checkAgainst(**compiled, *schema, *value);
}

void tryCatalogue(std::string_view text) {
  const CatalogueFile file{"demo/demo.api.json", text};
  const auto loaded = Catalogue::load({&file, 1}, embeddedPermissions());
  if (!loaded) {
    KIOSK_CHECK(isUtf8(loaded.error().message), "a message can be shown");
    return;
  }
  for (const auto& method : loaded->methods()) {
    KIOSK_CHECK(loaded->find(method->name) == method.get(), "a method is found by its name");
    KIOSK_CHECK(method->consent == ConsentClass::None || !method->prompt.empty(),
                "who is asked has words to read");
    gateErrors(*method);
    KIOSK_CHECK(lintSchema(method->params, "params").has_value(), "a schema passed the lint");
  }
}

const Catalogue& fuzzCatalogue() {
  static const auto loaded = Catalogue::embedded();
  KIOSK_CHECK(loaded.has_value(), "our own catalogue is sound");
  return *loaded;
}

/// The least value that a schema takes, or something near it.
json sampleOf(const json& schema) {
  if (schema.contains("const")) return schema["const"];
  if (schema.contains("enum")) return schema["enum"][0];
  const json type = schema.value("type", json("null"));
  const std::string name = type.is_array() ? type[0] : type;
  if (name == "object") {
    json made = json::object();
    const json properties = schema.value("properties", json::object());
    for (const auto& [key, property] : properties.items()) {
      made[key] = sampleOf(property);
    }
    return made;
  }
  if (name == "array") return json::array({sampleOf(schema["items"])});
  if (name == "string") return "a";
  if (name == "boolean") return true;
  return name == "null" ? json() : schema.value("minimum", json(1));
}

}  // namespace
}  // namespace kiosk::bridge

namespace kiosk::fuzz {

void tryInput(std::string_view input) {
  Pieces pieces(input);
  const auto name = pieces.until('\n');
  if (name == "schema") return bridge::trySchema(pieces);
  if (name == "catalogue") return bridge::tryCatalogue(pieces.rest());
  const auto* method = bridge::fuzzCatalogue().find(name);
  if (method != nullptr) bridge::tryCall(*method, pieces.rest());
}

std::vector<Seed> madeSeeds() {
  std::vector<Seed> seeds;
  for (const auto& method : bridge::fuzzCatalogue().methods()) {
    const auto params = dumpJson(bridge::sampleOf(method->params));
    seeds.push_back({method->name, method->name + "\n" + params});
    seeds.push_back(
        {method->name + ".schema", "schema\n" + dumpJson(method->params) + "\n" + params});
    seeds.push_back({method->name + ".result", "schema\n" + dumpJson(method->result) + "\n" +
                                                   dumpJson(bridge::sampleOf(method->result))});
  }
  for (const auto& file : bridge::embeddedCatalogue()) {
    std::string name(file.name.substr(0, file.name.find('/')));
    seeds.push_back({name + ".catalogue", "catalogue\n" + std::string(file.text)});
  }
  return seeds;
}

}  // namespace kiosk::fuzz
