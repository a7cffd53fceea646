# What every target shares: warnings, sanitizers, include roots.
#
#   kiosk::warnings   the warnings we hold our own code to
#   kiosk::host_side  warnings + sanitizers; every library and test of the host side links it.
#                     kiosk-guest never does: a sanitizer's shadow does not survive the fork and the jail.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(nlohmann_json REQUIRED)

add_library(kiosk_warnings INTERFACE)
add_library(kiosk::warnings ALIAS kiosk_warnings)
# Of the build tree only: an embedder has warnings of its own.
set(kiosk_own_warnings -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor)
target_compile_options(kiosk_warnings INTERFACE "$<BUILD_INTERFACE:${kiosk_own_warnings}>")
if(KIOSK_WERROR)
  target_compile_options(kiosk_warnings INTERFACE $<BUILD_INTERFACE:-Werror>)
endif()
target_include_directories(kiosk_warnings INTERFACE
                           "$<BUILD_INTERFACE:${CMAKE_SOURCE_DIR};${CMAKE_SOURCE_DIR}/runtime/include>"
                           $<INSTALL_INTERFACE:include>)
target_compile_features(kiosk_warnings INTERFACE cxx_std_20)

if(KIOSK_MUTATION)
  target_compile_definitions(kiosk_warnings INTERFACE KIOSK_MUTATION)
endif()

add_library(kiosk_host_side INTERFACE)
add_library(kiosk::host_side ALIAS kiosk_host_side)
target_link_libraries(kiosk_host_side INTERFACE kiosk_warnings Threads::Threads)
if(KIOSK_SANITIZE)
  # Not vptr: SOCI keeps the type information that it would need to itself.
  target_compile_options(kiosk_host_side INTERFACE -fsanitize=${KIOSK_SANITIZE}
                                                   -fno-sanitize=vptr
                                                   -fno-sanitize-recover=all
                                                   -fno-omit-frame-pointer
                                                   # What tests do themselves is no one's bug, and UBSan's
                                                   # code for it is half of what takes long to compile.
                                                   $<$<BOOL:$<TARGET_PROPERTY:KIOSK_IS_TEST>>:-fno-sanitize=undefined>)
  target_link_options(kiosk_host_side INTERFACE -fsanitize=${KIOSK_SANITIZE})
endif()

if(KIOSK_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
    message(FATAL_ERROR "KIOSK_FUZZ needs clang: cmake --preset fuzz")
  endif()
  set(kiosk_fuzz_flags -fsanitize=fuzzer-no-link)
  if(KIOSK_FUZZ_COVERAGE)
    list(APPEND kiosk_fuzz_flags -fprofile-instr-generate -fcoverage-mapping)
  endif()
  # -Wno-subobject-linkage, which kiosk_unity gives, is a warning of GCC's.
  target_compile_options(kiosk_host_side INTERFACE ${kiosk_fuzz_flags} -Wno-unknown-warning-option)
  target_link_options(kiosk_host_side INTERFACE ${kiosk_fuzz_flags})
endif()

# kiosk_unity(TARGET): compiles its .cc files in groups of one folder. Most of the time of a file goes into
# the headers that all share: 796 s of two slow cores became 411 s. A folder's file-local names are unique, which
# tests/run tidy checks. -DKIOSK_UNITY=OFF compiles file by file.
option(KIOSK_UNITY "Compile the files of a folder together" ON)
set(kiosk_unity_files_max 8)
function(kiosk_unity target)
  if(NOT KIOSK_UNITY)
    return()
  endif()
  get_target_property(sources ${target} SOURCES)
  foreach(source IN LISTS sources)
    if(NOT source MATCHES "\\.cc$")
      continue()
    endif()
    get_filename_component(folder ${source} DIRECTORY)
    string(MAKE_C_IDENTIFIER "${folder}" id)
    math(EXPR group "${in_${id}} + 0")
    math(EXPR in_${id} "${group} + 1")
    math(EXPR group "${group} / ${kiosk_unity_files_max}")
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${id}_${group})
  endforeach()
  # The compiler warns of file-local types in file-local classes when it reads them as included files.
  target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()

# kiosk_library(NAME DIRS dir… SOURCES file… EXCEPT file… LINK target…): a static library of the host
# side from all .cc files in the given folders (not below them) and the given files, with the alias
# kiosk::NAME.
function(kiosk_library name)
  cmake_parse_arguments(arg "" "" "DIRS;SOURCES;EXCEPT;LINK;PRIVATE_LINK" ${ARGN})
  set(sources "")
  foreach(dir IN LISTS arg_DIRS)
    file(GLOB found CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${dir}/*.cc)
    list(APPEND sources ${found})
  endforeach()
  foreach(file IN LISTS arg_SOURCES)
    list(APPEND sources ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
  foreach(file IN LISTS arg_EXCEPT)
    list(REMOVE_ITEM sources ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
  add_library(kiosk_${name} STATIC ${sources})
  add_library(kiosk::${name} ALIAS kiosk_${name})
  kiosk_unity(kiosk_${name})
  target_link_libraries(kiosk_${name} PUBLIC kiosk::host_side nlohmann_json::nlohmann_json ${arg_LINK}
                                      PRIVATE ${arg_PRIVATE_LINK})
endfunction()

# kiosk_unit_test(NAME DIR LINK target… THREADED name…): a doctest program from DIR/*.cc, run by ctest as
# unit-NAME. Under ThreadSanitizer it holds of these only name_test.cc for the names in THREADED, if there are
# any: those in which threads meet.
function(kiosk_unit_test name dir)
  cmake_parse_arguments(arg "" "" "LINK;THREADED" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${dir}/*.cc)
  if(KIOSK_SANITIZE MATCHES thread AND arg_THREADED)
    set(sources ${arg_THREADED})
    list(TRANSFORM sources PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/${dir}/)
    list(TRANSFORM sources APPEND _test.cc)
  endif()
  if(NOT sources)
    return()
  endif()
  add_executable(unit-${name} ${sources} ${CMAKE_SOURCE_DIR}/tests/unit/main.cc)
  kiosk_unity(unit-${name})
  target_link_libraries(unit-${name} PRIVATE kiosk::host_side doctest::doctest ${arg_LINK})
  set_target_properties(unit-${name} PROPERTIES KIOSK_IS_TEST ON)
  target_compile_definitions(unit-${name} PRIVATE KIOSK_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
                                                  KIOSK_BINARY_DIR="${CMAKE_BINARY_DIR}"
                                                  DOCTEST_CONFIG_SUPER_FAST_ASSERTS)
  # doctest names file and line of what fails; debug lines of the tests are a fifth of their build.
  target_compile_options(unit-${name} PRIVATE -g0)
  add_test(NAME unit-${name} COMMAND unit-${name})
  set_tests_properties(unit-${name} PROPERTIES TIMEOUT 300)
endfunction()
