import { isJsonObject } from '@cordboard/kernel';
import { HIGHEST_VERSION, type StoredShape } from '@cordboard/translation';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatHistory, type History, record, restoreIds, type Script } from './history.ts';
import { changedShapes, kindOf } from './shapes.ts';

const FOLDER = join(import.meta.dirname, 'histories');
const FILE = /^(?<name>[a-z-]+)\.v(?<version>\d+)(\.\d+)?\.json$/;

/** A history with what its file name says: the script that it came from, and the vocabulary of that time. */
export interface Recorded {
  readonly file: string;
  readonly name: string;
  readonly version: number;
  readonly history: History;
}

export const rowsOf = ({ steps }: History): readonly StoredShape[] => steps.flatMap(({ rows }) => rows);

const read = (file: string): Recorded => {
  const { name, version } = FILE.exec(file)?.groups ?? {};
  if (name === undefined) throw new Error(`${file} is no name of a history, see test/replay/recorded.ts`);
  const history: unknown = JSON.parse(restoreIds(readFileSync(join(FOLDER, file), 'utf8')));
  if (!isJsonObject(history)) throw new Error(`${file} holds no history`);
  return { file, name, version: Number(version), history: history as unknown as History };
};

export const readHistories = (): readonly Recorded[] => readdirSync(FOLDER).sort().map(read);

/** A file that is not there: a history is never written over. */
const freeFile = (name: string): string => {
  const first = `${name}.v${String(HIGHEST_VERSION)}`;
  for (let count = 1; ; count += 1) {
    const file = `${first}${count === 1 ? '' : `.${String(count)}`}.json`;
    if (!existsSync(join(FOLDER, file))) return file;
  }
};

/**
 * Records the scripts that have no history, and as many of the others as it takes to show all that rows of new
 * kinds look like. Kinds that a history has already never get another shape by this.
 */
export const recordMissing = (scripts: Readonly<Record<string, Script>>): void => {
  const known = readHistories();
  const names = new Set(known.map(({ name }) => name));
  const rows = known.flatMap(({ history }) => rowsOf(history));
  const kinds = new Set(rows.map(kindOf));
  for (const [name, script] of Object.entries(scripts)) {
    const history = record(script);
    const ofNewKinds = rowsOf(history).filter((row) => !kinds.has(kindOf(row)));
    if (names.has(name) && changedShapes(ofNewKinds, rows).length === 0) continue;
    writeFileSync(join(FOLDER, freeFile(name)), formatHistory(history));
    rows.push(...rowsOf(history));
  }
};
