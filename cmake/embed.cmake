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

# embed_migrations(TARGET HEADER NAMESPACE FOLDER)
# Compiles the numbered steps of a schema, FOLDER/NNN_name.sql, into TARGET: HEADER declares
# kMigrations, an array of sqlite::Migration in the order of their numbers.
function(embed_migrations target header namespace folder)
  file(
    GLOB files
    RELATIVE ${CMAKE_CURRENT_SOURCE_DIR}
    CONFIGURE_DEPENDS ${folder}/*.sql)
  list(SORT files)
  embed_files(${target} texts_of_${header} ${namespace} ${files})
  set(steps "")
  foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME)
    string(REGEX MATCH "^0*([1-9][0-9]*)_" matched ${name})
    if(NOT matched)
      message(FATAL_ERROR "${file}: the name must begin with a number and _")
    endif()
    set(number ${CMAKE_MATCH_1})
    string(REGEX REPLACE "[^A-Za-z0-9]" "_" name ${name})
    string(APPEND steps "    sqlite::Migration{${number}, k_${name}},\n")
  endforeach()
  string(CONCAT content "#pragma once\n\n#include <array>\n\n#include \"sqlite/migration.h\"\n"
                "#include \"texts_of_${header}\"\n\nnamespace ${namespace} {\n\n"
                "inline constexpr std::array kMigrations = {\n${steps}};\n\n"
                "}  // namespace ${namespace}\n")
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${header} CONTENT "${content}" @ONLY)
endfunction()
