// In a page: the engine, and <path-scope> defined beside it.
export { load, train } from './engine.js';
import './path-scope.js';
