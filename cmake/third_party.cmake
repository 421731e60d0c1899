# Other people's code, each as a target. Natively Debian's packages; for the web their headers as
# copied into .state/include by scripts/fetch (never /usr/include itself: it is another machine's),
# and the sources that scripts/fetch brings.
set(PATHSCOPE_STATE ${CMAKE_SOURCE_DIR}/.state CACHE PATH "What scripts/fetch brought")
set(IMGUI_DIR ${PATHSCOPE_STATE}/imgui CACHE PATH "Dear ImGui 1.92's sources")
set(UTF8PROC_DIR ${PATHSCOPE_STATE}/utf8proc CACHE PATH "utf8proc's sources (web build)")

foreach(headers eigen json cli11 catch2)
  add_library(${headers} INTERFACE)
endforeach()
if(EMSCRIPTEN)
  foreach(headers eigen json cli11 catch2)
    target_include_directories(${headers} SYSTEM INTERFACE ${PATHSCOPE_STATE}/include)
  endforeach()
  add_library(utf8proc STATIC ${UTF8PROC_DIR}/utf8proc.c)
  target_include_directories(utf8proc SYSTEM PUBLIC ${UTF8PROC_DIR})
  target_link_libraries(utf8proc PRIVATE pathscope_flags)
else()
  find_path(EIGEN_INCLUDE Eigen/Core PATH_SUFFIXES eigen3 REQUIRED)
  target_include_directories(eigen SYSTEM INTERFACE ${EIGEN_INCLUDE})
  find_path(JSON_INCLUDE nlohmann/json.hpp REQUIRED)
  find_path(CATCH2_INCLUDE catch2/catch.hpp REQUIRED)
  find_path(CLI11_INCLUDE CLI/CLI.hpp REQUIRED)
  find_library(UTF8PROC_LIBRARY utf8proc REQUIRED)
  add_library(utf8proc INTERFACE)
  target_link_libraries(utf8proc INTERFACE ${UTF8PROC_LIBRARY})
  find_package(Threads REQUIRED)
  if(PATHSCOPE_BLAS)
    # Not Debian's serial build: it has no locks, and calls from two threads at once now and then
    # give wrong products. Static, for the shared one's name may lead to that build at run time.
    find_library(OPENBLAS_LIBRARY libopenblas.a PATH_SUFFIXES openblas-pthread REQUIRED)
    target_compile_definitions(eigen INTERFACE EIGEN_USE_BLAS)
    target_link_libraries(eigen INTERFACE ${OPENBLAS_LIBRARY} Threads::Threads)
  endif()
endif()

if(NOT EXISTS ${IMGUI_DIR}/imgui.cpp)
  message(FATAL_ERROR "No Dear ImGui in ${IMGUI_DIR}: run scripts/fetch, or set IMGUI_DIR.")
endif()
add_library(imgui STATIC
  ${IMGUI_DIR}/imgui.cpp
  ${IMGUI_DIR}/imgui_draw.cpp
  ${IMGUI_DIR}/imgui_tables.cpp
  ${IMGUI_DIR}/imgui_widgets.cpp
  ${IMGUI_DIR}/backends/imgui_impl_opengl3.cpp)
target_include_directories(imgui SYSTEM PUBLIC ${IMGUI_DIR} ${IMGUI_DIR}/backends)
target_compile_definitions(imgui PUBLIC
  IMGUI_USE_WCHAR32                  # private-use code points beyond U+FFFF, and emoji
  "ImDrawIdx=unsigned int"           # long texts and attention patterns pass 65,536 vertices
  IMGUI_DISABLE_OBSOLETE_FUNCTIONS
  IMGUI_DISABLE_DEMO_WINDOWS
  IMGUI_DISABLE_DEBUG_TOOLS
  IMGUI_DISABLE_DEFAULT_FONT)        # ours is in assets/fonts
target_link_libraries(imgui PRIVATE pathscope_flags)
if(EMSCRIPTEN)
  target_compile_definitions(imgui PUBLIC
    IMGUI_IMPL_OPENGL_ES3            # WebGL2
    IMGUI_DISABLE_FILE_FUNCTIONS
    IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS)
  target_compile_options(imgui PRIVATE -fno-rtti)
else()
  find_package(glfw3 3.3 QUIET)
  find_package(OpenGL QUIET)
  if(glfw3_FOUND AND OPENGL_FOUND)
    add_library(imgui_glfw STATIC ${IMGUI_DIR}/backends/imgui_impl_glfw.cpp)
    target_link_libraries(imgui_glfw PUBLIC imgui glfw OpenGL::GL PRIVATE pathscope_flags)
  endif()
endif()
