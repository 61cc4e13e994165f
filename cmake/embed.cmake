# embed_files(TARGET HEADER NAMESPACE FILE...)
# Compiles text files into TARGET: HEADER declares `inline constexpr std::string_view name` for each,
# the name being the file's own with every other character than a letter or digit as '_'
# (001_journal.sql -> k_001_journal_sql), and `all` of them in the order given.
function(embed_files target header namespace)
  set(content "#pragma once\n\n#include <string_view>\n\nnamespace ${namespace} {\n\n")
  set(names "")
  foreach(file IN LISTS ARGN)
    get_filename_component(path ${file} ABSOLUTE)
    set_property(
      DIRECTORY
      APPEND
      PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
    file(READ ${path} text)
    get_filename_component(name ${file} NAME)
    string(REGEX REPLACE "[^A-Za-z0-9]" "_" name ${name})
    string(APPEND content
           "inline constexpr std::string_view k_${name} = R\"embedded(${text})embedded\";\n\n")
    string(APPEND names "k_${name}, ")
  endforeach()
  string(APPEND content "inline constexpr std::string_view all[] = {${names}};\n\n")
  string(APPEND content "}  // namespace ${namespace}\n")
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${header} CONTENT "${content}" @ONLY)
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
endfunction()
