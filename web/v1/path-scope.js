// The address that articles name: what it promises stays as it is. Works as a module and without.
import(document.currentScript ? new URL('../path-scope.js', document.currentScript.src).href : '../path-scope.js');
