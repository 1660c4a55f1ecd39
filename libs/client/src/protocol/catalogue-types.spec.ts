import { join } from 'node:path';
import { CATALOGUE } from '@cordboard/agent-protocol/catalogue';
import { isJsonObject, type Json, type JsonObject } from '@cordboard/kernel';
import ts from 'typescript';

// The types of this library against the catalogue: what the catalogue says of each row is written down as a
// type or a value, and the compiler says whether it fits. So a field that is added, renamed or typed
// differently on either side fails here.

const HERE = import.meta.dirname;
const GENERATED = join(HERE, 'generated.ts');

const quoted = (value: Json | undefined): string => JSON.stringify(value);

const objectsIn = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];

const SIMPLE: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  null: 'null',
};

const objectType = (schema: JsonObject): string => {
  const { properties, required, additionalProperties, propertyNames } = schema;
  if (isJsonObject(properties)) {
    const fields = Object.entries(properties).map(
      ([key, schema]) =>
        `${quoted(key)}${Array.isArray(required) && required.includes(key) ? '' : '?'}: ${typeOf(schema)}`,
    );
    return fields.length === 0 ? 'Record<string, never>' : `{ ${fields.join('; ')} }`;
  }
  if (isJsonObject(additionalProperties)) {
    // Where the keys are a set of names, ours lists them and none has to be there.
    const absent = propertyNames === undefined ? '' : ' | undefined';
    return `{ [key: string]: ${typeOf(additionalProperties)}${absent} }`;
  }
  return additionalProperties === false ? 'Record<string, never>' : 'any';
};

/** The type that a JSON Schema of the catalogue describes. */
const typeOf = (schema: Json | undefined): string => {
  if (!isJsonObject(schema)) return 'any';
  const { $ref, const: one, enum: several, type, items, properties } = schema;
  const simple = (name: Json | undefined): string =>
    (typeof name === 'string' ? SIMPLE[name] : undefined) ?? 'any';
  if (typeof $ref === 'string') return typeName($ref.replace('#/$defs/', ''));
  if (one !== undefined) return quoted(one);
  if (Array.isArray(several)) return several.map(quoted).join(' | ');
  const choices = [...objectsIn(schema['anyOf']), ...objectsIn(schema['oneOf'])];
  if (choices.length > 0 && properties === undefined) return choices.map(typeOf).join(' | ');
  if (Array.isArray(type)) return type.map(simple).join(' | ');
  if (type === 'array') return `readonly (${typeOf(items)})[]`;
  return type === 'object' ? objectType(schema) : simple(type);
};

const typeName = (definition: string): string => `Written_${definition}`;

/** A line that compiles exactly when the two types fit each other both ways. */
const same = (name: string, written: string, ours: string): string =>
  `export const ${name}: [${written}] extends [${ours}] ? ([${ours}] extends [${written}] ? true : 'ours is wider') : 'ours is narrower' = true;`;

/** A value with only what the rows require. */
const leastOf = (example: JsonObject, required: readonly string[], path = ''): JsonObject =>
  Object.fromEntries(
    Object.entries(example)
      .filter(([key]) => required.includes(path + key))
      .map(([key, value]) => [
        key,
        isJsonObject(value) && required.some((one) => one.startsWith(`${path}${key}.`))
          ? leastOf(value, required, `${path}${key}.`)
          : value,
      ]),
  );

const commandLines = (): readonly string[] =>
  CATALOGUE.commands.flatMap(({ name, data, example, answer, success, needinfo }, index) => {
    const required = data.filter((field) => field.required).map(({ path }) => path);
    const top = data.filter(({ path }) => !/[.[]/.test(path));
    const keys = top.length === 0 ? 'string' : top.map(({ path }) => quoted(path)).join(' | ');
    const answers: Readonly<Record<typeof success, string>> = {
      none: 'undefined',
      empty: 'Record<string, never>',
      echo: `DataOf<${quoted(name)}>`,
      own: typeOf(answer),
    };
    return [
      `export const whole${index}: DataOf<${quoted(name)}> = ${quoted(example)};`,
      `export const least${index}: DataOf<${quoted(name)}> = ${quoted(leastOf(example, required))};`,
      same(`keys${index}`, keys, `keyof DataOf<${quoted(name)}>`),
      same(`answer${index}`, answers[success], `AnswerOf<${quoted(name)}>`),
      same(
        `question${index}`,
        needinfo === undefined ? 'never' : typeOf(needinfo.uiExtension),
        `Extract<ResponseOf<${quoted(name)}>, { result: 'needinfo' }>['uiExtension']`,
      ),
      // One required field less, and it must not compile any more.
      ...required
        .filter((path) => top.some((field) => field.path === path))
        .map((path, missing) => {
          const rest = leastOf(
            example,
            required.filter((one) => one !== path),
          );
          return `// @ts-expect-error\nexport const without${index}_${missing}: DataOf<${quoted(name)}> = ${quoted(rest)};`;
        }),
    ];
  });

const eventLines = (): readonly string[] =>
  CATALOGUE.events.map(({ name, data }, index) =>
    same(`event${index}`, typeOf(data), `EventData[${quoted(name)}]`),
  );

const source = (): string =>
  [
    "import { type AnswerOf, type DataOf, type ResponseOf } from './command-data.ts';",
    "import { type EventData } from './event-data.ts';",
    ...Object.entries(CATALOGUE.$defs).map(([name, schema]) => `type ${typeName(name)} = ${typeOf(schema)};`),
    ...commandLines(),
    ...eventLines(),
  ].join('\n');

const parsed = new Map<string, ts.SourceFile | undefined>();

/** What the compiler says of the text, each with its line. */
const complaints = (text: string): readonly string[] => {
  const root = join(HERE, '..', '..', '..', '..');
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, 'tsconfig.check.json'),
    { noEmit: true },
    { ...ts.sys, readDirectory: () => [], onUnRecoverableConfigFileDiagnostic: () => undefined },
  );
  const options = config?.options ?? {};
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (file) => file === GENERATED || disk.fileExists(file),
    readFile: (file) => (file === GENERATED ? text : disk.readFile(file)),
    getSourceFile: (file, target) => {
      if (file === GENERATED) return ts.createSourceFile(file, text, target);
      if (!parsed.has(file)) parsed.set(file, disk.getSourceFile(file, target));
      return parsed.get(file);
    },
  };
  const program = ts.createProgram([GENERATED], options, host);
  const file = program.getSourceFile(GENERATED);
  const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  return found.map(({ messageText, start = 0 }) => {
    const line = text.slice(0, start).split('\n').length - 1;
    return `${ts.flattenDiagnosticMessageText(messageText, ' ')} in: ${text.split('\n')[line]}`;
  });
};

describe('the types of the client', () => {
  it('are those of the catalogue', () => {
    expect(complaints(source())).toEqual([]);
  });

  it('would be found out', () => {
    const wrong = source().replace(
      "import { type EventData } from './event-data.ts';",
      'type EventData = {};',
    );
    expect(complaints(wrong).length).toBeGreaterThan(CATALOGUE.events.length / 2);
  });
});
