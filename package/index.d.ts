export * from './engine.js';
export * from './path-scope.js';
