// The loader that Emscripten 3.1.6 writes finds node's fetch and fails on a file's path: loaded
// first (node -r), this takes it away.
delete globalThis.fetch;
