#pragma once
// LayerReport: which layers stand, and why the others do not. Filled by the zygote as it builds the
// jail.

#include "runtime/jail/protocol.h"

namespace kiosk::jail {

class LayerReport {
 public:
  void succeeded(Layer layer) {
    active_ |= layerBit(layer);
    notes_[index(layer)] = 0;
  }
  void failed(Layer layer, int error) {
    active_ &= ~layerBit(layer);
    notes_[index(layer)] = static_cast<std::uint16_t>(error);
  }
  void notNeeded(Layer layer) { failed(layer, kNoteNotNeeded); }
  /// `error` 0 is success.
  void set(Layer layer, int error) { error == 0 ? succeeded(layer) : failed(layer, error); }

  bool active(Layer layer) const { return (active_ & layerBit(layer)) != 0; }

  /// Whether every layer that a guest may not run without stands.
  bool complete() const {
#define KIOSK_X(name, text, required, holds) \
  if (required && !active(Layer::name)) return false;
    KIOSK_JAIL_LAYERS(KIOSK_X)
#undef KIOSK_X
    return true;
  }

  void writeTo(ReadyBody& body) const {
    body.activeLayers = active_;
    for (std::size_t i = 0; i < kLayerNotes; ++i) body.notes[i] = notes_[i];
  }

 private:
  static std::size_t index(Layer layer) { return static_cast<std::size_t>(layer); }

  std::uint32_t active_ = 0;
  std::uint16_t notes_[kLayerNotes] = {};
};

}  // namespace kiosk::jail
