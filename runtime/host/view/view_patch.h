#pragma once
// What changed in a view since it was asked last, for renderers that keep a copy.
//
//   ["+", parent, index, node]    ["-", parent, id]    ["x", id, text]
//   ["p", id, name, value | null] ["e", id, [events]]  ["=", node]     in place of all the others
//
// Records are written as the tree is changed, so that each says what was true at its moment. They
// may take as much as the whole view would, and at most kPatchBytesMax: after that the view itself
// is the patch.

#include <kiosk/view.h>

#include <nlohmann/json.hpp>
#include <string>

namespace kiosk {

constexpr std::size_t kPatchBytesMax = std::size_t{1} << 20;
/// A patch of so many bytes is kept even where the whole view would be smaller.
constexpr std::size_t kPatchBytesSmall = std::size_t{64} << 10;

class PatchRecorder {
 public:
  /// Begins, or gives up with all that was recorded.
  void record(bool on);
  bool recording() const { return on_; }
  bool empty() const { return records_.empty() && !whole_; }

  void inserted(const ViewNode& parent, std::size_t index, const ViewNode& node);
  void removed(const ViewNode& parent, const ViewNode& node);
  void textChanged(const ViewNode& node);
  void propertyChanged(const ViewNode& node, const std::string& name);
  void eventsChanged(const ViewNode& node);

  /// What was recorded, which is then forgotten. `viewBytes` is about what the whole view takes.
  nlohmann::json take(const ViewNode& root, std::size_t viewBytes);

 private:
  void add(nlohmann::json record, std::size_t bytes);

  bool on_ = false, whole_ = false;
  nlohmann::json records_ = nlohmann::json::array();
  std::size_t bytes_ = 0;  // about
};

}  // namespace kiosk
