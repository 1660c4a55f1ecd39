import 'reflect-metadata';

export interface EnvOptions {
  /** How the text is read; default `text`. What cannot be read so stays text, and validation says why. */
  readonly as?: 'text' | 'integer' | 'flag' | 'list';
  /** Its value is never shown. */
  readonly secret?: boolean;
  /** What to do about a missing or wrong value: "set it to ...". */
  readonly hint?: string;
}

export interface EnvVariable extends EnvOptions {
  readonly name: string;
  readonly property: string;
}

const variables = new WeakMap<object, EnvVariable[]>();

/** The property is read from the environment variable `name`. Without a value the property keeps its default. */
export const Env =
  (name: string, options: EnvOptions = {}): PropertyDecorator =>
  (prototype, property) => {
    const declared = variables.get(prototype) ?? [];
    variables.set(prototype, [...declared, { ...options, name, property: String(property) }]);
  };

/** Every variable of a configuration class, those that it inherits first. */
export const variablesOf = (prototype: object): readonly EnvVariable[] => {
  const parent = Object.getPrototypeOf(prototype) as object | null;
  return [...(parent === null ? [] : variablesOf(parent)), ...(variables.get(prototype) ?? [])];
};

const FLAGS: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false };

/** The value that a variable's text stands for. */
export const readVariable = (text: string, as: EnvOptions['as'] = 'text'): unknown => {
  switch (as) {
    case 'text':
      return text;
    case 'integer':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
    case 'flag':
      return FLAGS[text.toLowerCase()] ?? text;
    case 'list':
      return text
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '');
  }
};
