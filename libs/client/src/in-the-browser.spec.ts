import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a page may have to load: source text, comments and all, before anything is made smaller. */
const MOST_BYTES = 96 * 1024;

const HERE = import.meta.dirname;
const LIBS = join(HERE, '..', '..');

/** The statements that bring code in: `import` and `export ... from`, without those of types alone. */
const STATEMENT = /^(?:import|export) \{([^}]*)\} from '([^']+)';$/gm;

interface Wanted {
  readonly file: string;
  /** Null for all that the file has; else the names wanted of a door. */
  readonly names: readonly string[] | null;
}

const valuesIn = (names: string): readonly string[] =>
  names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '));

const doorOf = (specifier: string): string | null => {
  const door = join(LIBS, specifier.replace('@cordboard/', ''), 'src', 'index.ts');
  return specifier.startsWith('@cordboard/') && existsSync(door) ? door : null;
};

/** What a file brings in; of a door only the files behind the names wanted, as every bundler does. */
const broughtIn = ({ file, names }: Wanted): { wanted: readonly Wanted[]; packages: readonly string[] } => {
  const statements = [...readFileSync(file, 'utf8').matchAll(STATEMENT)].map(([, list = '', from = '']) => ({
    values: valuesIn(list),
    from,
  }));
  const used = statements.filter(
    ({ values }) => values.length > 0 && (names === null || values.some((value) => names.includes(value))),
  );
  return {
    wanted: used.flatMap(({ values, from }): readonly Wanted[] => {
      if (from.startsWith('.')) return [{ file: join(dirname(file), from), names: null }];
      const door = doorOf(from);
      return door === null ? [] : [{ file: door, names: values }];
    }),
    packages: used.map(({ from }) => from).filter((from) => !from.startsWith('.') && doorOf(from) === null),
  };
};

const load = (entry: string) => {
  const files = new Set<string>();
  const packages = new Set<string>();
  const waiting: Wanted[] = [{ file: entry, names: null }];
  const seen = new Set<string>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const key = JSON.stringify(next);
    if (seen.has(key)) continue;
    seen.add(key);
    if (next.names === null) files.add(next.file);
    const found = broughtIn(next);
    waiting.push(...found.wanted);
    for (const name of found.packages) packages.add(name);
  }
  return { files: [...files], packages: [...packages] };
};

describe('the client in a browser', () => {
  const { files, packages } = load(join(HERE, 'index.ts'));

  it('brings no package along, so no class-validator', () => {
    expect(packages).toEqual([]);
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((file) => file.includes('/agent-protocol/src/data/'))).toEqual([]);
  });

  it('stays small', () => {
    const bytes = files.reduce((sum, file) => sum + readFileSync(file).length, 0);
    expect(bytes).toBeLessThan(MOST_BYTES);
  });
});
