# Flags, one a line with its reason. -ffast-math is used nowhere: it makes isfinite blind.
find_program(CCACHE ccache)
if(CCACHE)
  # What ccache wants to know before it keeps what was made with a precompiled header.
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
endif()

# For our own code only: other people's headers are SYSTEM.
add_library(pathscope_warnings INTERFACE)
target_compile_options(pathscope_warnings INTERFACE
  -Wall
  -Wextra
  -Wconversion           # a number that silently loses digits is a wrong number
  -Wno-sign-conversion   # Eigen's signed indices meet std::size_t everywhere
  -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND PATHSCOPE_NATIVE_CPU)
  target_compile_options(pathscope_warnings INTERFACE
    -Wno-maybe-uninitialized   # GCC 12's own AVX-512 intrinsics set it off (its bug 105593)
    -Wno-uninitialized)
endif()

# For everything that is compiled, ours or not.
add_library(pathscope_flags INTERFACE)
if(PATHSCOPE_NATIVE_CPU)
  target_compile_options(pathscope_flags INTERFACE
    -march=native)       # Eigen's widest vectors; not for programs that are handed on
endif()
if(PATHSCOPE_SANITIZE)
  target_compile_options(pathscope_flags INTERFACE
    -fsanitize=address,undefined
    -fno-sanitize-recover=all   # the first finding fails the test
    -fno-omit-frame-pointer     # whole stack traces
    -D_GLIBCXX_ASSERTIONS)      # bounds of std::vector and std::string_view
  target_link_options(pathscope_flags INTERFACE
    -fsanitize=address,undefined)
endif()

if(EMSCRIPTEN)
  # Debian's Emscripten finds its acorn only under Debian's own node.
  set_property(GLOBAL PROPERTY RULE_LAUNCH_LINK
    "${CMAKE_COMMAND} -E env NODE_PATH=$ENV{NODE_PATH}:/usr/share/nodejs")
  # Size before speed, but for the files that multiply matrices: CMakeLists.txt has -O3 for those.
  # Emscripten's -Oz forbids clang to inline, in files with -O3 after it too; inlined the module is
  # smaller, and products are ten times as fast.
  set(CMAKE_CXX_FLAGS_RELEASE "-Oz -finline-functions -DNDEBUG")
  set(CMAKE_C_FLAGS_RELEASE "-Oz -DNDEBUG")
  target_compile_options(pathscope_flags INTERFACE
    # Eigen's products vectorised by the compiler. Its SSE path through Emscripten's intrinsics was
    # measured against it: products as fast, a maximum four times as fast, exp half as fast.
    -msimd128
    -fwasm-exceptions)   # C++ exceptions by the engine's own means: small, and no JavaScript
  target_link_options(pathscope_flags INTERFACE
    -fwasm-exceptions
    -sSUPPORT_LONGJMP=0  # nobody calls it, and its JavaScript form doesn't go with wasm exceptions
    -sALLOW_MEMORY_GROWTH=1
    -sABORTING_MALLOC=0) # out of memory is a std::bad_alloc that can be told, no abort
  # Programs for node: the tests.
  set(PATHSCOPE_NODE_LINK
    -O1                  # the code is optimised already; a slow link would gain little
    -sENVIRONMENT=node
    -sNODERAWFS=1        # tests read the repository's files
    -sEXIT_RUNTIME=1     # the exit status is main's
    -sTOTAL_STACK=1048576)  # the default shrank to 64 kB in later versions
endif()
