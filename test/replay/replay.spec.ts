import { EVENT_TYPES, invariants, personalPaths, sessionDecider, type SessionState } from '@cordboard/domain';
import { isJsonObject, type JsonObject } from '@cordboard/kernel';
import { agentView } from '@cordboard/testing/scenario';
import { fromRecord, HIGHEST_VERSION, type StoredShape, toRecord } from '@cordboard/translation';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatHistory, type History, record } from './history.ts';
import { SCRIPTS } from './scripts.ts';
import { changedShapes } from './shapes.ts';

const FOLDER = join(import.meta.dirname, 'histories');
const HELP = `
Rows like these stand in logs for ever. If their shape has to change: raise the type's version in
event-shapes.ts, let from-record.ts bring rows of the older version up to date, and record what is written now
with "node tools/record-history.mjs". Never edit or delete a history; only its "final", the state that it folds to,
may be corrected when the state was reshaped on purpose.`;

const fileOf = (name: string): string => join(FOLDER, `${name}.v${String(HIGHEST_VERSION)}.json`);

// Set by tools/record-history.mjs only: writes what is missing and leaves what is there.
if (process.env.CORDBOARD_RECORD_HISTORIES === 'missing') {
  for (const [name, script] of Object.entries(SCRIPTS)) {
    if (!existsSync(fileOf(name))) writeFileSync(fileOf(name), formatHistory(record(script)));
  }
}

const histories = readdirSync(FOLDER).map((file) => ({
  file,
  history: JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as History,
}));
const rowsOf = ({ steps }: History): readonly StoredShape[] => steps.flatMap(({ rows }) => rows);

const json = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

const fold = (state: SessionState, row: StoredShape) => {
  const read = fromRecord(row);
  if (!read.ok) throw new Error(`${row.type} cannot be read any more: ${read.error}`);
  return { event: read.value, state: sessionDecider.evolve(state, read.value) };
};

/** What agents are shown of a row now; commands that are new since then may be allowed beside the recorded ones. */
const shownNow = (row: StoredShape, { event, state }: ReturnType<typeof fold>): StoredShape => {
  const { type, version, target, name, data } = json(toRecord(event, state));
  const [then, now] = [row.data.capabilities, data.capabilities];
  if (!isJsonObject(then) || !isJsonObject(now)) return { type, version, target, name, data };
  const kept = Object.entries(then).map(([command, was]) => [command, was === false ? was : now[command]]);
  return {
    type,
    version,
    target,
    name,
    data: { ...data, capabilities: Object.fromEntries(kept) as JsonObject },
  };
};

const forget = (data: unknown, [first = '', ...rest]: readonly string[]): void => {
  if (!isJsonObject(data) || !(first in data)) return;
  if (rest.length > 0) forget(data[first], rest);
  else Object.assign(data, { [first]: null });
};

/** A row of persons who were forgotten: their fields are null. */
const forgotten = (row: StoredShape): StoredShape => {
  const copy = json(row);
  const type = EVENT_TYPES.find((one) => one === row.type);
  if (type !== undefined) personalPaths(type).forEach((path) => forget(copy.data, path.split('.')));
  return copy;
};

const standing = ({ phase, groups, channels, interactions, conversations }: SessionState) => ({
  phase,
  objects: [...groups, ...channels, ...interactions, ...conversations].map((node) => ({
    path: node.path,
    stage: node.stage,
    state: 'state' in node ? node.state : null,
  })),
});

const foldAll = (rows: readonly StoredShape[]): SessionState =>
  rows.reduce((state, row) => fold(state, row).state, sessionDecider.initialState);

/** Whoever breaks a history reads what to do about it. */
const replayed = (file: string, check: () => void): void => {
  try {
    check();
  } catch (cause) {
    throw new Error(`${file} does not replay as it was recorded.${HELP}`, { cause });
  }
};

describe('a history that was recorded once', () => {
  it.each(histories)('folds to the state that it had: $file', ({ file, history }) => {
    replayed(file, () => expect(json(foldAll(rowsOf(history)))).toMatchObject(history.final as object));
  });

  it.each(histories)('is sound after every input: $file', ({ file, history }) => {
    let state = sessionDecider.initialState;
    replayed(file, () => {
      for (const { input, rows } of history.steps) {
        state = rows.reduce((before, row) => fold(before, row).state, state);
        expect({ input, faults: invariants(state) }).toEqual({ input, faults: [] });
      }
    });
  });

  it.each(histories)('shows agents what it showed them: $file', ({ file, history }) => {
    const desktop = agentView();
    let state = sessionDecider.initialState;
    replayed(file, () => {
      for (const row of rowsOf(history)) {
        const folded = fold(state, row);
        const now = shownNow(row, folded);
        if (now.version === row.version) expect(now).toEqual(row);
        desktop.show(folded.event);
        state = folded.state;
      }
    });
    expect(desktop.initialized()).toBe(rowsOf(history).some(({ name }) => name === 'session.initialized'));
  });

  it.each(histories)('keeps its course when the people in it are forgotten: $file', ({ file, history }) => {
    const rows = rowsOf(history);
    const without = rows.map(forgotten);
    expect(JSON.stringify(without)).not.toMatch(/\+1202555|Example Caller/);
    replayed(file, () => expect(standing(foldAll(without))).toEqual(standing(foldAll(rows))));
  });
});

describe('the histories', () => {
  it('are recorded for every script and every type of event', () => {
    const files = new Set(histories.map(({ file }) => file));
    expect(
      Object.keys(SCRIPTS).filter((name) => ![...files].some((file) => file.startsWith(`${name}.v`))),
    ).toEqual([]);
    const types = new Set(histories.flatMap(({ history }) => rowsOf(history).map(({ type }) => type)));
    expect(EVENT_TYPES.filter((type) => !types.has(type))).toEqual([]);
  });

  it('have the shapes that are written now', () => {
    const written = Object.values(SCRIPTS).flatMap((script) => rowsOf(record(script)));
    const changed = changedShapes(
      written,
      histories.flatMap(({ history }) => rowsOf(history)),
    );
    if (changed.length > 0)
      throw new Error(`Events are written in another shape:\n${changed.join('\n')}${HELP}`);
  });

  it('would tell of a field that is new, gone, or of another type', () => {
    const row = {
      type: 'ClientBound',
      version: 1,
      target: 's',
      name: null,
      data: { client: 'a', binding: 'b' },
    };
    const changed = (data: JsonObject): readonly string[] => changedShapes([{ ...row, data }], [row]);
    expect(changed(row.data)).toEqual([]);
    expect(changed({ client: 'a' })).toEqual(['ClientBound, version 1: binding:string is gone']);
    expect(changed({ ...row.data, since: 1 })).toEqual(['ClientBound, version 1: since:number is new']);
    expect(changed({ client: 'a', binding: 7 })).toHaveLength(2);
    expect(changedShapes([{ ...row, version: 2 }], [row])).toEqual([
      'ClientBound, version 2: no history has it',
    ]);
  });
});
