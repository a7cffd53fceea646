#pragma once
// An app template that was taken over while it took its app in, and speaks for itself on the
// control socket:
//
//   twice     says that it is ready, twice
//   unknown   tells of a guest for which nobody asked
//   socket    passes on the session's socket where the pidfd of a guest belongs
//   ended     forks a guest that stays, and says that it has ended
//   refuse    refuses every request
//   silent    answers no request
//   spin      uses the CPU for ever once it is ready
//   noise     what it sends is no message

#include <string_view>

namespace kiosk::jail {

/// In the template, under its filter. Ends when the host is gone.
[[noreturn]] void playFalseTemplate(std::string_view conduct);

}  // namespace kiosk::jail
