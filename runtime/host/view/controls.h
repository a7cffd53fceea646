#pragma once
// What a person can do with a node, whoever draws it.

#include <kiosk/view.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace kiosk {

enum class ControlKind : std::uint8_t {
  None,
  Press,    ///< button, link
  Toggle,   ///< checkbox, switch: on or off
  Choice,   ///< radio, tab: chosen among its like
  Choices,  ///< radiogroup, tabs: what choices stand in
  Text,     ///< input, textarea, date: takes text
  Menu,     ///< select: takes the value of one of its options
  Panel,    ///< sheet, dialog: can be closed
};
ControlKind controlOf(const ViewNode& node);

bool hasProperty(const ViewNode& node, std::string_view name);
/// Empty where it has none.
std::string propertyOf(const ViewNode& node, std::string_view name);

/// Whether `node` itself keeps itself and what is in it from being shown: it is not a component, it
/// is `hidden`, a sheet that is not open, or paid content of nobody.
bool isOutOfSight(const ViewNode& node);
/// Whether `node` takes nothing from a person for now.
bool isInert(const ViewNode& node);
/// Whether a person can do something with `node`; `heardAbove` says that an ancestor listens for
/// taps.
bool isTarget(const ViewNode& node, bool heardAbove);

/// The value of an option, a tab or a radio: its `value`, else what it is called.
std::string choiceValue(const ViewNode& choice);
/// Whether `choice` is the one that holds in `choices`, which may be null.
bool isChosen(const ViewNode& choice, const ViewNode* choices);

}  // namespace kiosk
