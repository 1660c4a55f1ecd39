import {
  COMMAND_TYPES,
  EVENT_TYPES,
  invariants,
  personalPaths,
  sessionDecider,
  type SessionState,
} from '@cordboard/domain';
import { isJsonObject, type JsonObject } from '@cordboard/kernel';
import { agentView } from '@cordboard/testing/scenario';
import { fromRecord, isPassing, type StoredShape, toRecord } from '@cordboard/translation';
import { formatHistory, record, restoreIds } from './history.ts';
import { capabilitiesIn, stateIn } from './later.ts';
import { readHistories, recordMissing, rowsOf } from './recorded.ts';
import { SCRIPTS } from './scripts.ts';
import { changedShapes } from './shapes.ts';

const HELP = `
Rows like these stand in logs for ever. If their shape has to change: raise the type's version in
event-shapes.ts, let from-record.ts bring rows of the older version up to date, and record what is written now
with "node tools/record-history.mjs"; if rows always might have looked like this and no script led to it, add a
script and record that. later.ts names the default of a field that is new in the state, and the commands whose
permission was put right. Never edit or delete a history of a release; only its "final", the state that it folds
to, may be corrected when the state was reshaped on purpose.`;

// Set by tools/record-history.mjs only: writes what is missing and leaves what is there.
if (process.env.CORDBOARD_RECORD_HISTORIES === 'missing') recordMissing(SCRIPTS);

const histories = readHistories();
const recorded = histories.flatMap(({ history }) => rowsOf(history));

const json = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

const fold = (state: SessionState, row: StoredShape) => {
  const read = fromRecord(row);
  if (!read.ok) throw new Error(`${row.type} cannot be read any more: ${read.error}`);
  return { event: read.value, state: sessionDecider.evolve(state, read.value) };
};

/** The row that is made of the event now. */
const writtenNow = ({ event, state }: ReturnType<typeof fold>): StoredShape => {
  const { type, version, target, name, data } = json(toRecord(event, state));
  return { type, version, target, name, data };
};

/** A row without what means something else since that version. */
const comparable = (version: number, row: StoredShape): StoredShape => {
  const { capabilities } = row.data;
  if (row.name !== 'state.updated' || !isJsonObject(capabilities)) return row;
  return { ...row, data: { ...row.data, capabilities: capabilitiesIn(version, capabilities) } };
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
  it.each(histories)('folds to the state that it had: $file', ({ file, version, history }) => {
    const folded: unknown = json(foldAll(rowsOf(history)));
    if (!isJsonObject(folded)) throw new Error('a state is an object');
    replayed(file, () => expect(stateIn(version, folded)).toEqual(history.final));
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

  it.each(histories)('shows agents what it showed them: $file', ({ file, version, history }) => {
    const desktop = agentView();
    let state = sessionDecider.initialState;
    replayed(file, () => {
      for (const row of rowsOf(history)) {
        const folded = fold(state, row);
        const now = writtenNow(folded);
        // Internal rows of an older shape are read as the newer one; what agents are shown stays as it was.
        if (row.name !== null || now.version === row.version)
          expect(comparable(version, { ...now, version: row.version })).toEqual(comparable(version, row));
        desktop.show(folded.event);
        state = folded.state;
      }
    });
    expect(desktop.initialized()).toBe(rowsOf(history).some(({ name }) => name === 'session.initialized'));
  });

  it.each(histories)('keeps its course when the people in it are forgotten: $file', ({ file, history }) => {
    const rows = rowsOf(history);
    const without = rows.map(forgotten);
    expect(JSON.stringify(without)).not.toMatch(/1202555|Example Caller/);
    replayed(file, () => expect(standing(foldAll(without))).toEqual(standing(foldAll(rows))));
  });
});

describe('the histories', () => {
  const written = Object.values(SCRIPTS).map(record);

  it('are recorded for every script and every type of event', () => {
    const names = new Set(histories.map(({ name }) => name));
    expect(Object.keys(SCRIPTS).filter((name) => !names.has(name))).toEqual([]);
    const types = new Set(recorded.map(({ type }) => type));
    const passing = EVENT_TYPES.filter((type) => isPassing({ type }));
    expect(EVENT_TYPES.filter((type) => !types.has(type))).toEqual(passing);
  });

  it('hold every command', () => {
    const commands = new Set(recorded.map(({ data }) => isJsonObject(data.command) && data.command.type));
    expect(COMMAND_TYPES.filter((type) => !commands.has(type))).toEqual([]);
  });

  it('are read as they were recorded', () => {
    for (const history of written) expect(JSON.parse(restoreIds(formatHistory(history)))).toEqual(history);
  });

  it('have the shapes that are written now', () => {
    const changed = changedShapes(written.flatMap(rowsOf), recorded);
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
