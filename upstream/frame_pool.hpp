// FramePool: memory of coroutine frames, kept for the next ones. A lookup makes a dozen frames of a few
// kilobytes, sizes that malloc takes from its slow lists: measured, they were a tenth of a cold question's
// time.
// Threads:  one pool a thread; a frame goes back on the thread that made it, as tasks do not leave their loop.
// Owns:     what it keeps: at most kMaxKept frames of each size.
// Errors:   bad_alloc, as operator new.
#pragma once

#include <array>
#include <cstddef>
#include <new>

namespace shirube::upstream {

class FramePool {
 public:
  FramePool() = default;
  FramePool(const FramePool&) = delete;
  FramePool& operator=(const FramePool&) = delete;
  ~FramePool() {
    for (auto& size_class : classes_) {
      while (size_class.first != nullptr) ::operator delete(pop(size_class));
    }
  }

  [[nodiscard]] void* allocate(std::size_t size) {
    auto* size_class = class_of(size);
    if (size_class == nullptr) return ::operator new(size);
    if (size_class->first != nullptr) return pop(*size_class);
    return ::operator new((size + kStep - 1) / kStep * kStep);
  }
  void release(void* frame, std::size_t size) noexcept {
    auto* size_class = class_of(size);
    if (size_class == nullptr || size_class->kept == kMaxKept) return ::operator delete(frame);
    size_class->first = new (frame) Free{size_class->first};
    ++size_class->kept;
  }

  [[nodiscard]] static FramePool& of_this_thread() {
    thread_local FramePool pool;
    return pool;
  }

 private:
  static constexpr std::size_t kStep = 64;
  static constexpr std::size_t kLargest = 4'096;
  // Bounds what stays behind after a flood of lookups: 64 sizes of 2 KiB on average.
  static constexpr std::size_t kMaxKept = 64;

  struct Free {
    Free* next;
  };
  struct SizeClass {
    Free* first = nullptr;
    std::size_t kept = 0;
  };

  [[nodiscard]] SizeClass* class_of(std::size_t size) {
    return size == 0 || size > kLargest ? nullptr : &classes_[(size - 1) / kStep];
  }
  [[nodiscard]] static void* pop(SizeClass& size_class) {
    auto* frame = size_class.first;
    size_class.first = frame->next;
    --size_class.kept;
    return frame;
  }

  std::array<SizeClass, kLargest / kStep> classes_{};
};

// Base of promises whose frames come from the pool. Under a sanitizer each frame is an allocation of its own,
// so that it sees who uses one that is gone.
struct PooledFrame {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  [[nodiscard]] static void* operator new(std::size_t size) {
    return FramePool::of_this_thread().allocate(size);
  }
  static void operator delete(void* frame, std::size_t size) noexcept {
    FramePool::of_this_thread().release(frame, size);
  }
#endif
};

}  // namespace shirube::upstream
