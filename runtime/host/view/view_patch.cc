#include "runtime/host/view/view_patch.h"

#include <utility>

namespace kiosk {
namespace {

using nlohmann::json;

/// About what the frame of a record or of a node takes.
constexpr std::size_t kFrameBytes = 32;

json write(const ViewNode& node, std::size_t& bytes) {
  json out = {{"id", node.id}};
  bytes += kFrameBytes;
  if (node.component.empty()) {
    out["x"] = node.text;
    bytes += node.text.size();
    return out;
  }
  out["c"] = node.component;
  if (node.component == "hidden") return out;
  if (!node.properties.empty()) {
    json& properties = out["p"] = json::object();
    for (const auto& [name, value] : node.properties) {
      properties[name] = value;
      bytes += name.size() + value.size() + 6;
    }
  }
  for (const auto& event : node.events) {
    out["e"].push_back(event);
    bytes += event.size() + 3;
  }
  if (!node.children.empty()) {
    json& children = out["k"] = json::array();
    children.get_ref<json::array_t&>().reserve(node.children.size());
    for (const auto& child : node.children) children.push_back(write(*child, bytes));
  }
  return out;
}

}  // namespace

json viewJson(const ViewNode& node) {
  std::size_t bytes = 0;
  return write(node, bytes);
}

void PatchRecorder::record(bool on) {
  if (on == on_) return;
  *this = PatchRecorder();
  on_ = on;
}

void PatchRecorder::add(json record, std::size_t bytes) {
  bytes_ += bytes + kFrameBytes;
  records_.push_back(std::move(record));
  if (bytes_ <= kPatchBytesMax) return;
  whole_ = true;
  records_ = json::array();
}

void PatchRecorder::inserted(const ViewNode& parent, std::size_t index, const ViewNode& node) {
  if (!on_ || whole_) return;
  std::size_t bytes = 0;
  json written = write(node, bytes);
  add(json::array({"+", parent.id, index, std::move(written)}), bytes);
}

void PatchRecorder::removed(const ViewNode& parent, const ViewNode& node) {
  if (on_ && !whole_) add(json::array({"-", parent.id, node.id}), 0);
}

void PatchRecorder::textChanged(const ViewNode& node) {
  if (on_ && !whole_) add(json::array({"x", node.id, node.text}), node.text.size());
}

void PatchRecorder::propertyChanged(const ViewNode& node, const std::string& name) {
  if (!on_ || whole_) return;
  const auto found = node.properties.find(name);
  const bool set = found != node.properties.end();
  add(json::array({"p", node.id, name, set ? json(found->second) : json()}),
      name.size() + (set ? found->second.size() : 4));
}

void PatchRecorder::eventsChanged(const ViewNode& node) {
  if (on_ && !whole_) add(json::array({"e", node.id, node.events}), node.events.size() * 9);
}

json PatchRecorder::take(const ViewNode& root, std::size_t viewBytes) {
  const bool whole = whole_ || bytes_ > std::max(viewBytes, kPatchBytesSmall);
  json records = std::exchange(records_, json::array());
  whole_ = false;
  bytes_ = 0;
  if (!whole) return records;
  records = json::array();
  records.push_back(json::array({"=", viewJson(root)}));
  return records;
}

}  // namespace kiosk
