// Counts every operator new of the executable. Include it in exactly one file of an executable: it replaces
// the global operators.
#pragma once

#include <atomic>
#include <cstdlib>
#include <new>

namespace shirube::test {

inline std::atomic<std::size_t> allocations{0};

inline void* counted_allocation(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace shirube::test

void* operator new(std::size_t size) { return shirube::test::counted_allocation(size); }
void* operator new[](std::size_t size) { return shirube::test::counted_allocation(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return shirube::test::counted_allocation(size);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return shirube::test::counted_allocation(size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
