# pathscope.js and pathscope.wasm: the module that web/engine/start.js loads.
pathscope_executable(pathscope
  src/api/api.cpp
  src/api/functions.cpp
  src/api/figure.cpp
  src/api/live.cpp
  src/platform/web.cpp
  src/platform/browser_fonts.cpp)
target_link_libraries(pathscope PRIVATE report explorer_json view glyphs)
target_link_options(pathscope PRIVATE
  -O3                          # binaryen's passes; the compiler's -Oz and -O3 stay as they were
  --bind                       # Embind
  -sMODULARIZE=1
  -sEXPORT_ES6=1               # start.js imports it
  -sEXPORT_NAME=create_module
  -sENVIRONMENT=web,worker
  -sDYNAMIC_EXECUTION=0        # the page's policy has no unsafe-eval
  -sFILESYSTEM=0               # files come as bytes
  -sMALLOC=emmalloc            # the smallest
  -sMIN_WEBGL_VERSION=2
  -sMAX_WEBGL_VERSION=2
  -sEXPORTED_RUNTIME_METHODS=GL)  # gl_context.js makes the context, on a canvas that is never inserted
