#include "runtime/host/view/component_list.h"

#include <kiosk/view.h>

#include <charconv>
#include <cmath>

#include "runtime/host/view/components_json.h"

namespace kiosk {
namespace {

using nlohmann::json;

constexpr std::size_t kIdBytesMax = 64;

PropertyKind kindOf(std::string_view name) {
  if (name == "flag") return PropertyKind::Flag;
  if (name == "number") return PropertyKind::Number;
  if (name == "enum") return PropertyKind::Enum;
  if (name == "asset") return PropertyKind::Asset;
  if (name == "id") return PropertyKind::Id;
  return name == "date" ? PropertyKind::Date : PropertyKind::Text;
}

/// Whether `source` names a file inside the package: no scheme, no host, no way up or out.
bool isPackagePath(std::string_view source) {
  if (source.empty() || source.front() == '/' || source.find('\\') != std::string_view::npos) {
    return false;
  }
  if (source.find_first_of(":%?#") != std::string_view::npos) return false;
  while (!source.empty()) {
    const auto slash = source.find('/');
    const auto step = source.substr(0, slash);
    if (step == "..") return false;
    source.remove_prefix(slash == std::string_view::npos ? source.size() : slash + 1);
  }
  return true;
}

bool isRaster(std::string_view source) {
  for (const std::string_view ending : {".png", ".jpg", ".jpeg", ".gif", ".webp"}) {
    if (source.size() > ending.size() && source.ends_with(ending)) return true;
  }
  return false;
}

bool isId(std::string_view text) {
  if (text.empty() || text.size() > kIdBytesMax) return false;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!plain && c != '-' && c != '_' && c != ':' && c != '.') return false;
  }
  return true;
}

/// The number of `digits`, or -1.
int numberOf(std::string_view digits) {
  int number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

bool isDay(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const int year = numberOf(text.substr(0, 4)), month = numberOf(text.substr(5, 2)),
            day = numberOf(text.substr(8, 2));
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= kDays[month - 1] + (month == 2 && leap ? 1 : 0);
}

std::optional<double> realOf(std::string_view text) {
  double number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) {
    return std::nullopt;
  }
  return number;
}

ComponentList::Names namesOf(const json& source) {
  ComponentList::Names names;
  for (const auto& [name, value] : source.items()) names[name] = value;
  return names;
}

PropertyType typeFrom(const json& source) {
  PropertyType type;
  type.kind = kindOf(source["kind"].get_ref<const std::string&>());
  type.min = source.value("min", 0.0);
  type.max = source.value("max", 0.0);
  type.bytesMax = source.value("bytesMax", std::size_t{0});
  for (const auto& value : source.value("values", json::array())) type.values.insert(value);
  return type;
}

Component componentFrom(const json& source, const json& common, const ComponentList& list) {
  Component component;
  for (const json* properties : {&common, &source["properties"]}) {
    for (const auto& [name, property] : properties->items()) {
      component.properties[name] =
          &list.types.find(property["type"].get_ref<const std::string&>())->second;
    }
  }
  for (const auto& event : source["events"]) component.events.insert(event);
  component.needsLabel = source.value("label", "") == "required";
  return component;
}

}  // namespace

std::string_view componentsJson() { return kComponentsJson; }

bool PropertyType::takes(std::string_view text) const {
  switch (kind) {
    case PropertyKind::Text:
      return bytesMax == 0 || text.size() <= bytesMax;
    case PropertyKind::Flag:
      return true;
    case PropertyKind::Number: {
      const auto number = realOf(text);
      return number && *number >= min && *number <= max;
    }
    case PropertyKind::Enum:
      return values.count(text) != 0;
    case PropertyKind::Asset:
      return isPackagePath(text) && isRaster(text);
    case PropertyKind::Id:
      return isId(text);
    case PropertyKind::Date:
      return text.empty() || isDay(text);
  }
  return false;
}

std::string PropertyType::description() const {
  switch (kind) {
    case PropertyKind::Text:
      return bytesMax == 0 ? "text" : "text of at most " + std::to_string(bytesMax) + " bytes";
    case PropertyKind::Flag:
      return "true or false";
    case PropertyKind::Number:
      return "a number from " + std::to_string(static_cast<std::int64_t>(min)) + " to " +
             std::to_string(static_cast<std::int64_t>(max));
    case PropertyKind::Asset:
      return "a png, jpg, gif or webp file of the package";
    case PropertyKind::Id:
      return "1 to 64 letters, digits, - _ : and .";
    case PropertyKind::Date:
      return "a day as YYYY-MM-DD";
    case PropertyKind::Enum:
      break;
  }
  std::string out = "one of";
  for (const auto& value : values) out += (out == "one of" ? " " : ", ") + value;
  return out;
}

const PropertyType* ComponentList::typeOf(std::string_view component,
                                          std::string_view property) const {
  const auto listed = components.find(component);
  if (listed == components.end()) return nullptr;
  const auto found = listed->second.properties.find(property);
  return found == listed->second.properties.end() ? nullptr : found->second;
}

const ComponentList& componentList() {
  // Never destroyed: components point into `types`, and a copy would point into another's.
  static const ComponentList& list = *[] {
    auto* made = new ComponentList;
    const json source = json::parse(kComponentsJson);
    for (const auto& [name, type] : source["types"].items()) made->types[name] = typeFrom(type);
    for (const auto& [name, component] : source["components"].items()) {
      made->components[name] = componentFrom(component, source["common"], *made);
    }
    for (const auto& event : source["events"]) made->events.insert(event);
    made->aliases = namesOf(source["aliases"]);
    made->propertyAliases = namesOf(source["propertyAliases"]);
    made->eventAliases = namesOf(source["eventAliases"]);
    return made;
  }();
  return list;
}

std::optional<std::string> propertyText(const PropertyType& type, const json& value) {
  std::optional<std::string> text;
  if (value.is_string()) text = value.get<std::string>();
  if (value.is_number()) text = value.dump();
  if (value.is_boolean() && value.get<bool>()) text = "true";
  // An empty attribute is HTML's way to set a flag.
  if (text && type.kind == PropertyKind::Flag) {
    return *text == "false" ? std::nullopt : std::optional<std::string>("true");
  }
  // An empty text says nothing where only certain values are taken.
  if (text && text->empty() && type.kind != PropertyKind::Text && type.kind != PropertyKind::Date &&
      type.kind != PropertyKind::Asset) {
    return std::nullopt;
  }
  return text;
}

}  // namespace kiosk
