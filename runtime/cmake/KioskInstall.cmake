# What `cmake --install` puts where, so that a host outside this tree finds it with find_package(Kiosk):
#
#   bin/kiosk, bin/kiosk-guest      the tool, and the program that hosts start
#   libexec/kiosk/forger-guest      the guest of the suite's cases with `forge`
#   include/kiosk/…, include/kiosk.h   C++ and C headers
#   share/kiosk/conformance         the cases of `kiosk conformance`
#   lib/libkiosk_*.a                C++ libraries: Kiosk::host, Kiosk::bridge, Kiosk::payments
#   lib/libkiosk.so                 the C ABI: Kiosk::c
#   lib/cmake/Kiosk/                the package
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(kiosk_libraries kiosk_warnings kiosk_host_side kiosk_base kiosk_package kiosk_channel
                    kiosk_jail_host kiosk_host kiosk_payments kiosk_bridge)
foreach(library IN LISTS kiosk_libraries)
  string(REPLACE "kiosk_" "" short ${library})
  set_target_properties(${library} PROPERTIES EXPORT_NAME ${short})
endforeach()
install(TARGETS ${kiosk_libraries} EXPORT KioskTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
if(TARGET kiosk_c)
  set_target_properties(kiosk_c PROPERTIES EXPORT_NAME c)
  install(TARGETS kiosk_c EXPORT KioskTargets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(FILES ${CMAKE_SOURCE_DIR}/sdk/c/kiosk.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
endif()

install(TARGETS kiosk kiosk-guest RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS forger-guest RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/kiosk)
install(DIRECTORY runtime/include/kiosk bridge/include/kiosk
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")

install(DIRECTORY tests/conformance/cases DESTINATION ${CMAKE_INSTALL_DATADIR}/kiosk/conformance
        FILES_MATCHING PATTERN "*.js" PATTERN "known-gaps.json")
install(DIRECTORY tests/conformance/control DESTINATION ${CMAKE_INSTALL_DATADIR}/kiosk/conformance
        FILES_MATCHING PATTERN "*.mjs")
install(FILES tests/conformance/harness.js
        DESTINATION ${CMAKE_INSTALL_DATADIR}/kiosk/conformance)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/Kiosk)
install(EXPORT KioskTargets NAMESPACE Kiosk:: DESTINATION ${package_dir})
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/KioskConfig.cmake.in
                              ${CMAKE_BINARY_DIR}/KioskConfig.cmake
                              INSTALL_DESTINATION ${package_dir}
                              PATH_VARS CMAKE_INSTALL_BINDIR)
# Before 1.0 a minor version may change the C++ interface.
write_basic_package_version_file(${CMAKE_BINARY_DIR}/KioskConfigVersion.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/KioskConfig.cmake ${CMAKE_BINARY_DIR}/KioskConfigVersion.cmake
        DESTINATION ${package_dir})
