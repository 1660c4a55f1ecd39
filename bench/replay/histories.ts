import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type StoredShape } from '@cordboard/translation';

/** A recorded session: its rows in order, personal fields in place. */
export interface History {
  readonly name: string;
  readonly rows: readonly StoredShape[];
  /** The same for a session of another id. */
  readonly as: (sessionId: string) => readonly StoredShape[];
}

interface File {
  readonly steps: readonly { readonly rows: readonly StoredShape[] }[];
}

const FOLDER = join('test', 'replay', 'histories');
/** Ids are short in the files: test/replay/history.ts. */
const SHORT_ID = /<([0-9a-f]{3})\.([0-9a-f]{1,12})>/g;

/** The folder lies beside `bench`, wherever this file was compiled to. */
const folderFrom = (start: string): string => {
  const folder = join(start, FOLDER);
  return existsSync(folder) ? folder : folderFrom(dirname(start));
};

const fullIds = (text: string): string =>
  text.replaceAll(
    SHORT_ID,
    (_, time: string, own: string) => `019b76da-a${time}-7000-8000-${own.padStart(12, '0')}`,
  );

const read = (folder: string, file: string): History => {
  const { steps } = JSON.parse(fullIds(readFileSync(join(folder, file), 'utf8'))) as File;
  const rows = steps.flatMap((step) => step.rows);
  const [first] = rows;
  if (first === undefined) throw new Error(`${file} has no rows`);
  const text = JSON.stringify(rows);
  return {
    name: file.replace(/\.json$/, ''),
    rows,
    as: (sessionId) => JSON.parse(text.replaceAll(first.target, sessionId)) as readonly StoredShape[],
  };
};

/** Every session that test/replay keeps, of all kinds of work and of every release. */
export const readHistories = (): readonly History[] => {
  const folder = folderFrom(import.meta.dirname);
  return readdirSync(folder)
    .toSorted()
    .map((file) => read(folder, file));
};
