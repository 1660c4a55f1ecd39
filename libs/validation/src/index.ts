export { isValid } from './compiled.ts';
export { problemOf } from './problem.ts';
