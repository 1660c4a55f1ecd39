import { validateSync, type ValidationError } from 'class-validator';
import { err, ok, type Result } from '@cordboard/kernel';
import { scrubText } from '../logging/redact.ts';
import { type EnvVariable, readVariable, variablesOf } from './env.ts';
import { KNOWN_VARIABLES } from './known-variables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface LoadedConfig<T> {
  readonly config: T;
  /** One line each, for variables that nothing reads. */
  readonly warnings: readonly string[];
}

const PREFIX = 'CORDBOARD_';
const SHOWN_LENGTH = 60;

const isSet = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';

const shown = ({ secret }: EnvVariable, text: string): string =>
  secret === true ? 'a value (not shown)' : JSON.stringify(scrubText(text).slice(0, SHOWN_LENGTH));

/** `must be an integer number` out of `port must be an integer number`, from the first decorator that objects. */
const demandOf = (error: ValidationError): string => {
  const message = Object.values(error.constraints ?? {}).at(-1) ?? 'is not valid';
  return message.replace(`${error.property} `, '').replaceAll(error.property, 'it');
};

const problemOf = (variable: EnvVariable, error: ValidationError, text: string | undefined): string => {
  const what = isSet(text)
    ? `${variable.name} is ${shown(variable, text)}, but ${demandOf(error)}`
    : `${variable.name} is not set`;
  const todo = variable.hint ?? (isSet(text) ? undefined : `it ${demandOf(error)}`);
  return todo === undefined ? what : `${what}; ${todo}`;
};

const warningsOf = (known: readonly EnvVariable[], env: Environment): readonly string[] => {
  const names = new Set(known.map(({ name }) => name));
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && !names.has(name) && !KNOWN_VARIABLES.has(name))
    .sort()
    .map((name) => `${name} is set, but Cordboard has no such variable; check its spelling`);
};

/**
 * Reads a configuration class, whose properties carry `Env` and class-validator decorators, from environment
 * variables. An empty variable counts as not set. Problems are lines that name the variable and what to do.
 */
export const loadConfig = <T extends object>(
  Config: new () => T,
  env: Environment,
): Result<LoadedConfig<T>, readonly string[]> => {
  const variables = variablesOf(Config.prototype as object);
  const config = new Config();
  for (const { name, property, as } of variables) {
    const text = env[name];
    if (isSet(text)) Object.assign(config, { [property]: readVariable(text.trim(), as) });
  }
  const errors = validateSync(config, { forbidUnknownValues: false });
  const problems = errors.flatMap((error) => {
    const variable = variables.find(({ property }) => property === error.property);
    if (variable === undefined)
      throw new TypeError(`${error.property} is validated but not read from anywhere`);
    return [problemOf(variable, error, env[variable.name])];
  });
  return problems.length > 0 ? err(problems) : ok({ config, warnings: warningsOf(variables, env) });
};
