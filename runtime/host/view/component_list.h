#pragma once
// What components.json lists: which components a mini-app may draw with, which properties each has
// and what values they take, which events a person causes there.

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace kiosk {

enum class PropertyKind : std::uint8_t { Text, Flag, Number, Enum, Asset, Id, Date };

/// What values a property takes.
struct PropertyType {
  PropertyKind kind = PropertyKind::Text;
  double min = 0, max = 0;                    ///< Number
  std::size_t bytesMax = 0;                   ///< Text; 0: as any property
  std::set<std::string, std::less<>> values;  ///< Enum

  /// Whether `text` is such a value. A flag that is set is "true".
  bool takes(std::string_view text) const;
  /// What it takes, for a developer: "one of small, normal, large".
  std::string description() const;
};

struct Component {
  std::map<std::string, const PropertyType*, std::less<>> properties;
  /// What a person causes here. Anything may listen for anything: events bubble.
  std::set<std::string, std::less<>> events;
  bool needsLabel = false;
};

struct ComponentList {
  using Names = std::map<std::string, std::string, std::less<>>;
  std::map<std::string, PropertyType, std::less<>> types;
  std::map<std::string, Component, std::less<>> components;
  Names aliases;          ///< HTML's names
  Names propertyAliases;  ///< e.g. "aria-label" for "label"
  Names eventAliases;     ///< e.g. "focusin" for "focus"
  std::set<std::string, std::less<>> events;

  /// The type of `property` of `component`; null where it has none of the name.
  const PropertyType* typeOf(std::string_view component, std::string_view property) const;
};

/// Made once from the file that is built in. Threads: any.
const ComponentList& componentList();

/// A property's value as text; none for null, for a false flag, and for what is no value at all.
std::optional<std::string> propertyText(const PropertyType& type, const nlohmann::json& value);

}  // namespace kiosk
