#pragma once
// Threads that take no signal of the process: the embedder's handlers run on the embedder's
// threads, and its sigwait and signalfd get what they wait for.

#include <pthread.h>

#include <csignal>
#include <thread>
#include <utility>

namespace kiosk {

/// A thread that runs `body` with every signal blocked. The caller's own mask is as it was.
template <class Body>
std::thread quietThread(Body body) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  std::thread thread(std::move(body));
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return thread;
}

}  // namespace kiosk
