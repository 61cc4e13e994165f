# One interface target that every target of ours links: language level, warnings, hardening.
add_library(hailong_build_flags INTERFACE)
target_compile_features(hailong_build_flags INTERFACE cxx_std_20)
target_include_directories(hailong_build_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(
  hailong_build_flags
  INTERFACE -Wall
            -Wextra
            -Wpedantic
            -Wshadow # a name that hides another one is a misreading in waiting
            -Wconversion # sizes and sequence numbers must not narrow silently
            -Wsign-conversion
            -Wnon-virtual-dtor
            -Wold-style-cast
            -Woverloaded-virtual
            -Wformat=2
            $<$<CXX_COMPILER_ID:Clang>:-Wno-overlength-strings> # an embedded file may be long
            $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> # g++ 12 warns of std::string's own concatenation (GCC bug 105651)
            -Werror)

if(HAILONG_SANITIZE)
  # UBSan must stop the test, not merely print.
  target_compile_options(
    hailong_build_flags INTERFACE -fsanitize=${HAILONG_SANITIZE} -fno-sanitize-recover=all
                                  -fno-omit-frame-pointer)
  target_link_options(hailong_build_flags INTERFACE -fsanitize=${HAILONG_SANITIZE})
  # g++ 12 reports this inside instrumented library code.
  target_compile_options(hailong_build_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(
    hailong_build_flags
    INTERFACE -U_FORTIFY_SOURCE # replaces the distribution's own level, if any
              -D_FORTIFY_SOURCE=2 -D_GLIBCXX_ASSERTIONS -fstack-protector-strong
              -fstack-clash-protection -fPIE)
  target_link_options(hailong_build_flags INTERFACE -pie -Wl,-z,relro,-z,now,-z,noexecstack
                      -Wl,--as-needed)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    target_compile_options(hailong_build_flags INTERFACE -fcf-protection)
  elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64")
    target_compile_options(hailong_build_flags INTERFACE -mbranch-protection=standard)
  endif()
endif()
