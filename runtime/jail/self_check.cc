#include "runtime/jail/self_check.h"

#include <sched.h>

#include <fstream>

namespace kiosk::jail {
namespace {

/// The first mapping of this process that fork leaves out; empty if there is none.
std::string mappingLeftOut() {
  std::ifstream maps("/proc/self/smaps");
  std::string mapping;
  for (std::string line; std::getline(maps, line);) {
    if (line.starts_with("VmFlags:")) {
      if (line.find(" dc") != std::string::npos) return mapping;
    } else if (const auto dash = line.find('-');
               dash != std::string::npos && dash < line.find(' ')) {
      mapping = line;
    }
  }
  return {};
}

}  // namespace

std::string whyNotForkable() {
  // unshare(CLONE_THREAD) changes nothing and fails in a process of several threads; it needs no
  // /proc.
  if (::unshare(CLONE_THREAD) != 0) return "the zygote has more than one thread after warming up";
  const std::string mapping = mappingLeftOut();
  if (!mapping.empty()) return "a mapping of the zygote is marked MADV_DONTFORK: " + mapping;
  return {};
}

}  // namespace kiosk::jail
