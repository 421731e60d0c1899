# Targets of our own code; includes are written from src/.

function(pathscope_library name)
  add_library(${name} STATIC ${ARGN})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(${name} PUBLIC pathscope_flags PRIVATE pathscope_warnings)
endfunction()

function(pathscope_executable name)
  add_executable(${name} ${ARGN})
  if(PATHSCOPE_BLAS)
    target_sources(${name} PRIVATE ${CMAKE_SOURCE_DIR}/src/cli/openblas.cpp)
  endif()
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(${name} PRIVATE pathscope_flags pathscope_warnings)
endfunction()
