#pragma once
// What a forger does, act by act: one line of its program each.
//
//   frame TEXT            sends TEXT as one frame
//   bytes HEX             sends bytes as they are
//   repeat N TEXT         N frames; "#" in TEXT is the number of the frame, from 1
//   flood TEXT            frames without end
//   await TEXT            reads until TEXT has come
//   sing TEXT             a frame for every event of the host, for ever; numbered as above
//   read                  reads until the host closes the socket
//   hold                  waits for ever and reads nothing
//   spin                  uses the CPU for ever
//   spin-answering MS     the same for MS of CPU time, answering pings
//   touch MIB             memory, written to
//   exit N                ends with status N
//   die WORD              segv, ill, trap, fpe, abort or syscall
//   syscall N ARGUMENT…   one system call by its number, up to six arguments: a number, or h:HEX
//                         for the address of these bytes and a zero after them
//   fds N                 sends a byte with N descriptors attached to it (SCM_RIGHTS)

#include <string>
#include <string_view>

namespace kiosk::jail {

/// Status of a forger that does not understand its program.
inline constexpr int kExitMisused = 99;
/// Descriptors that are attached to one message at most.
inline constexpr int kFdsMax = 64;

/// Does what `line` says, in a guest. May not return.
void actOut(std::string_view line);

/// Sends `bytes` on `socket` with `count` duplicates of that descriptor attached; at most kFdsMax.
void sendWithFds(int socket, std::string_view bytes, int count);

/// The bytes of pairs of hex digits; a pair that is none counts as misuse.
std::string unhexed(std::string_view hex);

}  // namespace kiosk::jail
