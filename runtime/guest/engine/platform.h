#pragma once
// The v8::Platform of a guest: one thread, and a clock of our own.
//
// Worker tasks run at once on the only thread, delayed ones are dropped (V8 uses them for
// housekeeping; 11.3 crashes with the stock single-threaded platform when it posts one). The wall
// clock that Date sees has whole milliseconds.

#include <libplatform/libplatform.h>
#include <v8-platform.h>

#include <memory>

#include "runtime/guest/engine/page_allocator.h"

namespace kiosk::guest {

class Platform : public v8::Platform {
 public:
  Platform();

  /// Runs what V8 posted to the isolate's thread.
  void pump(v8::Isolate* isolate);

  v8::PageAllocator* GetPageAllocator() override { return &pages_; }
  int NumberOfWorkerThreads() override { return 0; }
  bool IdleTasksEnabled(v8::Isolate*) override { return false; }
  double MonotonicallyIncreasingTime() override { return base_->MonotonicallyIncreasingTime(); }
  v8::TracingController* GetTracingController() override { return base_->GetTracingController(); }

#if V8_MAJOR_VERSION >= 12
  std::shared_ptr<v8::TaskRunner> GetForegroundTaskRunner(v8::Isolate* isolate,
                                                          v8::TaskPriority priority) override {
    return base_->GetForegroundTaskRunner(isolate, priority);
  }
  v8::ThreadIsolatedAllocator* GetThreadIsolatedAllocator() override {
    return base_->GetThreadIsolatedAllocator();
  }
#else
  std::shared_ptr<v8::TaskRunner> GetForegroundTaskRunner(v8::Isolate* isolate) override {
    return base_->GetForegroundTaskRunner(isolate);
  }
  void CallOnWorkerThread(std::unique_ptr<v8::Task> task) override { task->Run(); }
  void CallDelayedOnWorkerThread(std::unique_ptr<v8::Task>, double) override {}
#endif

  double CurrentClockTimeMillis() override;
#if V8_MAJOR_VERSION >= 11
  int64_t CurrentClockTimeMilliseconds() override {
    return static_cast<int64_t>(CurrentClockTimeMillis());
  }
  double CurrentClockTimeMillisecondsHighResolution() override { return CurrentClockTimeMillis(); }
#endif
#if V8_MAJOR_VERSION == 11
  std::unique_ptr<v8::JobHandle> CreateJob(v8::TaskPriority priority,
                                           std::unique_ptr<v8::JobTask> task) override {
    return base_->CreateJob(priority, std::move(task));
  }
#endif
#if V8_MAJOR_VERSION < 12
  std::unique_ptr<v8::JobHandle> PostJob(v8::TaskPriority priority,
                                         std::unique_ptr<v8::JobTask> task) override {
    return base_->PostJob(priority, std::move(task));
  }
#endif

 protected:
#if V8_MAJOR_VERSION >= 12
  std::unique_ptr<v8::JobHandle> CreateJobImpl(v8::TaskPriority priority,
                                               std::unique_ptr<v8::JobTask> task,
                                               const v8::SourceLocation& location) override {
    return base_->CreateJob(priority, std::move(task), location);
  }
  void PostTaskOnWorkerThreadImpl(v8::TaskPriority, std::unique_ptr<v8::Task> task,
                                  const v8::SourceLocation&) override {
    task->Run();
  }
  void PostDelayedTaskOnWorkerThreadImpl(v8::TaskPriority, std::unique_ptr<v8::Task>, double,
                                         const v8::SourceLocation&) override {}
#endif

 private:
  std::unique_ptr<v8::Platform> base_;
  PageAllocator pages_;
};

}  // namespace kiosk::guest
