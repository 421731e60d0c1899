// An instance of the module from its compiled code, on the page and in a worker. create_module is
// pathscope.js's.
export function instantiate(create_module, compiled) {
  return new Promise((resolve, reject) => {
    const instantiateWasm = (imports, done) => {
      WebAssembly.instantiate(compiled, imports).then((instance) => done(instance, compiled), reject);
      return {};
    };
    create_module({ instantiateWasm, locateFile: (name) => name }).then(resolve, reject);
  });
}
