# Toolchain: whichever Emscripten is first on the path (an activated emsdk, or Debian's).
find_program(EMCC emcc NO_CMAKE_FIND_ROOT_PATH)
if(NOT EMCC)
  message(FATAL_ERROR "No emcc on the path. Debian: apt-get install emscripten.")
endif()
find_program(EM_CONFIG em-config NO_CMAKE_FIND_ROOT_PATH)
execute_process(COMMAND ${EM_CONFIG} EMSCRIPTEN_ROOT OUTPUT_VARIABLE EMSCRIPTEN_ROOT_PATH
  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
include(${EMSCRIPTEN_ROOT_PATH}/cmake/Modules/Platform/Emscripten.cmake)
