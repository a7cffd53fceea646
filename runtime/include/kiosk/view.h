#pragma once
// What a mini-app shows, as data: a tree of listed components with listed properties.
// No HTML, no script and no URL of a mini-app's choosing is ever in it.
//
// For a renderer that does not run in this process a node is JSON, and so is what changed of it:
//   node   {"id":7,"c":"button","p":{"label":"Pay"},"e":["click"],"k":[…]}   {"id":8,"x":"Pay"}
//          "p", "e" and "k" are left out where they are empty; of "hidden" nothing else is told
//   patch  an array of
//          ["+",parent,index,node]      a node with all that is in it, at that place
//          ["-",parent,id]              gone, with all that was in it
//          ["x",id,text]                the text of a text node
//          ["p",id,name,value | null]   a property, or that it is not set any more
//          ["e",id,[events]]            all the events that the app listens for there
//          ["=",node]                   the whole view; then the only record (docs/limits.md)

#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

/// Host-assigned number of a node, never used twice in a session. 0 is the root.
using ViewNodeId = std::uint64_t;

struct ViewNode {
  ViewNodeId id = 0;
  /// A component's name ("button", "stack", …), empty for a text node, "hidden" for what is no
  /// component: neither it nor anything in it is shown.
  std::string component;
  /// The text of a text node; valid UTF-8 without control characters other than \n.
  std::string text;
  /// Listed properties only; values as text ("true" for a set boolean).
  std::map<std::string, std::string, std::less<>> properties;
  /// Events that the app listens for here, e.g. "click".
  std::set<std::string, std::less<>> events;
  std::vector<std::unique_ptr<ViewNode>> children;
};

/// The list of components, their properties and events, as JSON: runtime/host/view/components.json,
/// described in docs/ui-components.md.
std::string_view componentsJson();

/// `node` and all below it, as above.
nlohmann::json viewJson(const ViewNode& node);

/// The text a person would read in `node` and below, single spaces between the pieces.
std::string viewText(const ViewNode& node);

/// The label by which a person would name an element: its `label` property, else its text.
std::string viewLabel(const ViewNode& node);
/// The same, where a `label` around `node`, or one that names it, may give it its name.
std::string viewLabel(const ViewNode& root, const ViewNode& node);

/// Whether a person types into `node`, or chooses one of its options.
bool takesText(const ViewNode& node);

/// `root` drawn as lines for a terminal. With `numbers` each element that can be tapped or typed
/// into carries its number in brackets, in the order of `viewTargets`.
struct TextRenderOptions {
  std::uint32_t widthColumns = 72;
  bool numbers = false;
  bool colour = false;
  std::string language = "en";  ///< of the few words that are the host's: "en" or "ru"
};
std::string renderText(const ViewNode& root, const TextRenderOptions& options = {});

/// Elements that a person can act on, in reading order. Borrowed from `root`.
std::vector<const ViewNode*> viewTargets(const ViewNode& root);

}  // namespace kiosk
