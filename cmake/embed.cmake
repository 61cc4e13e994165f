# embed_files(TARGET HEADER NAMESPACE FILE...)
# Compiles text files into TARGET: HEADER declares `inline constexpr std::string_view name` for each,
# the name being the file's own with every other character than a letter or digit as '_'
# (001_journal.sql -> k_001_journal_sql).
function(embed_files target header namespace)
  set(content "#pragma once\n\n#include <string_view>\n\nnamespace ${namespace} {\n\n")
  foreach(file IN LISTS ARGN)
    set_property(
      DIRECTORY
      APPEND
      PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${file})
    file(READ ${CMAKE_CURRENT_SOURCE_DIR}/${file} text)
    get_filename_component(name ${file} NAME)
    string(REGEX REPLACE "[^A-Za-z0-9]" "_" name ${name})
    string(APPEND content
           "inline constexpr std::string_view k_${name} = R\"embedded(${text})embedded\";\n\n")
  endforeach()
  string(APPEND content "}  // namespace ${namespace}\n")
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${header} CONTENT "${content}" @ONLY)
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
endfunction()
