#pragma once
// What must hold of the zygote before the first fork.

#include <string>

namespace kiosk::jail {

/// Why this process may not be forked; empty when it may. A second thread would be missing in every
/// child with its locks held, and memory marked MADV_DONTFORK (V8 marks its heap so) would be a
/// hole at which the child dies. The latter is not checked where /proc is not mounted.
std::string whyNotForkable();

}  // namespace kiosk::jail
