# Debian's libsimdjson-dev cannot be installed for two architectures at once, and its package file names
# one of them. The header is the same for all, so a cross build takes it from the build machine's package
# and links the target's run-time library.
find_path(SIMDJSON_INCLUDE_DIR simdjson.h REQUIRED)
find_library(SIMDJSON_LIBRARY NAMES simdjson libsimdjson.so.14 REQUIRED)
add_library(simdjson::simdjson UNKNOWN IMPORTED)
set_target_properties(
  simdjson::simdjson
  PROPERTIES IMPORTED_LOCATION ${SIMDJSON_LIBRARY}
             INTERFACE_INCLUDE_DIRECTORIES ${SIMDJSON_INCLUDE_DIR}
             INTERFACE_COMPILE_DEFINITIONS SIMDJSON_THREADS_ENABLED=1)
