#include <dlfcn.h>
#include <pthread.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

/// With HAILONG_ONE_THREAD, which tests/CMakeLists.txt sets for tests that are said to know one
/// thread only, and which ThreadSanitizer is spared for it, ends the program when it starts another
/// one. GLib's own threads, behind Pango, run no code of ours.

extern "C" int pthread_create(pthread_t* __restrict thread, const pthread_attr_t* __restrict how,
                              void* (*work)(void*), void* __restrict argument) noexcept {
  Dl_info caller{};
  const bool is_glib =
      dladdr(__builtin_return_address(0), &caller) != 0 &&
      std::string_view(caller.dli_fname).find("/libglib-") != std::string_view::npos;
  if (!is_glib && std::getenv("HAILONG_ONE_THREAD") != nullptr) {
    std::fprintf(stderr,
                 "a second thread: these tests are not ONE_THREAD (tests/CMakeLists.txt)\n");
    std::abort();
  }
  using Create = decltype(&pthread_create);
  return reinterpret_cast<Create>(dlsym(RTLD_NEXT, "pthread_create"))(thread, how, work, argument);
}
