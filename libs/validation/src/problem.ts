import { validateSync, type ValidationError } from 'class-validator';
import { isValid } from './compiled.ts';

const firstProblem = (errors: readonly ValidationError[], path: string): string | null => {
  const [error] = errors;
  if (error === undefined) return null;
  const said = Object.values(error.constraints ?? {})[0];
  return said === undefined
    ? firstProblem(error.children ?? [], `${path}${error.property}.`)
    : `${path}${said}`;
};

/**
 * What is wrong with an instance of a class with rules of class-validator: a sentence that names the property, after
 * `path`. Null when nothing is. Nothing wrong is found out fast; the sentence is class-validator's own.
 */
export const problemOf = (instance: object, path: string): string | null =>
  isValid(instance) ? null : firstProblem(validateSync(instance, { stopAtFirstError: true }), path);
