# FindV8: V8 as Debian's libnode carries it, or a V8 of the user's own.
#
# Looks, in this order and nowhere else:
#   1. KIOSK_V8_ROOT=PREFIX (cache variable), if given. PREFIX is one of
#        a) an unpacked libnode:  include/nodejs/deps/v8/include/v8.h and lib/<multiarch>/libnode.so*
#        b) a V8 monolith:        include/v8.h and lib/libv8_monolith.a
#   2. Debian's libnode-dev under /usr, the same layout as a).
#
# Result:
#   V8::V8           imported target; its headers are SYSTEM, so that their warnings are not ours
#   V8_VERSION       "10.2.154.26", read from v8-version.h
#   V8_INCLUDE_DIR, V8_LIBRARY
#   V8_LIBRARY_DIR   folder of libnode outside the loader's own path, empty otherwise. CMake adds it to the
#                    rpath in the build tree; whoever installs a program sets INSTALL_RPATH from it.
#
# libnode ships neither a pkg-config file nor a CMake one. Of its two copies of the headers only
# deps/v8/include is whole: include/node lacks the inspector.

set(KIOSK_V8_ROOT "" CACHE PATH "Prefix of V8: an unpacked libnode or a V8 monolith; empty: the system's")

# An answer for one prefix does not hold for another.
if(NOT "${KIOSK_V8_ROOT}" STREQUAL "${_V8_SEARCHED_ROOT}")
  unset(V8_INCLUDE_DIR CACHE)
  unset(V8_LIBRARY CACHE)
endif()
set(_V8_SEARCHED_ROOT "${KIOSK_V8_ROOT}" CACHE INTERNAL "KIOSK_V8_ROOT of the last search")

if(KIOSK_V8_ROOT)
  set(_v8_prefix "${KIOSK_V8_ROOT}")
else()
  set(_v8_prefix /usr)
endif()
set(_v8_lib_dirs "${_v8_prefix}/lib")
if(CMAKE_LIBRARY_ARCHITECTURE)
  list(PREPEND _v8_lib_dirs "${_v8_prefix}/lib/${CMAKE_LIBRARY_ARCHITECTURE}")
endif()

find_path(V8_INCLUDE_DIR v8.h
  PATHS "${_v8_prefix}/include/nodejs/deps/v8/include" "${_v8_prefix}/include" NO_DEFAULT_PATH)
find_library(V8_LIBRARY NAMES v8_monolith node PATHS ${_v8_lib_dirs} NO_DEFAULT_PATH)
if(NOT V8_LIBRARY)
  # The runtime package alone has no libnode.so link; the versioned file links as well.
  foreach(_v8_dir IN LISTS _v8_lib_dirs)
    file(GLOB _v8_found "${_v8_dir}/libnode.so.*")
    if(_v8_found)
      list(SORT _v8_found COMPARE NATURAL ORDER DESCENDING)
      list(GET _v8_found 0 _v8_newest)
      set(V8_LIBRARY "${_v8_newest}" CACHE FILEPATH "libnode or libv8_monolith" FORCE)
      break()
    endif()
  endforeach()
endif()

unset(V8_VERSION)
if(V8_INCLUDE_DIR AND EXISTS "${V8_INCLUDE_DIR}/v8-version.h")
  file(STRINGS "${V8_INCLUDE_DIR}/v8-version.h" _v8_lines REGEX "^#define V8_[A-Z_]+ [0-9]+$")
  foreach(_v8_part MAJOR_VERSION MINOR_VERSION BUILD_NUMBER PATCH_LEVEL)
    if(_v8_lines MATCHES "#define V8_${_v8_part} ([0-9]+)")
      list(APPEND V8_VERSION "${CMAKE_MATCH_1}")
    endif()
  endforeach()
  list(JOIN V8_VERSION "." V8_VERSION)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(V8
  REQUIRED_VARS V8_LIBRARY V8_INCLUDE_DIR
  VERSION_VAR V8_VERSION
  REASON_FAILURE_MESSAGE
    "looked under ${_v8_prefix}: run sdk/setup/setup.sh or give -DKIOSK_V8_ROOT=PREFIX (docs/hacking.md)")
mark_as_advanced(V8_INCLUDE_DIR V8_LIBRARY)

set(V8_LIBRARY_DIR "")
if(V8_FOUND AND NOT TARGET V8::V8)
  if(V8_LIBRARY MATCHES "\\.a$")
    add_library(V8::V8 STATIC IMPORTED)
    find_package(Threads REQUIRED)
    target_link_libraries(V8::V8 INTERFACE Threads::Threads ${CMAKE_DL_LIBS})
  else()
    add_library(V8::V8 SHARED IMPORTED)
  endif()
  set_target_properties(V8::V8 PROPERTIES
    IMPORTED_LOCATION "${V8_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${V8_INCLUDE_DIR}"
    INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${V8_INCLUDE_DIR}")
endif()
if(V8_FOUND AND KIOSK_V8_ROOT AND NOT V8_LIBRARY MATCHES "\\.a$")
  get_filename_component(V8_LIBRARY_DIR "${V8_LIBRARY}" DIRECTORY)
  # Libraries that libnode itself needs may lie beside it. The loader looks for those on the program's
  # path only when it is an RPATH; a RUNPATH holds for the program's own libraries alone.
  set_property(TARGET V8::V8 APPEND PROPERTY INTERFACE_LINK_OPTIONS
    "-Wl,-rpath-link,${V8_LIBRARY_DIR}" "-Wl,--disable-new-dtags")
endif()
