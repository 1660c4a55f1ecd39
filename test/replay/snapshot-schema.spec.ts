import { createHash } from 'node:crypto';
import { sessionDecider, type SessionState } from '@cordboard/domain';
import { SNAPSHOT_SCHEMA } from '@cordboard/engine';
import { isJsonObject, type Json } from '@cordboard/kernel';
import { fromRecord, type StoredShape } from '@cordboard/translation';
import { readHistories, rowsOf } from './recorded.ts';

const HELP = `
The rows of the histories fold to other states than those that are cached under this schema (or there are new
histories). A worker of this release must not go on from a state that another release has cached: put the hash that
was received into PINNED, and raise SNAPSHOT_SCHEMA in libs/engine/src/session/session-snapshot.ts by one.`;

/** The schema and what it stands for; both change together. */
const PINNED = { schema: '1', states: '5ddda95effc6c70c' };

const canonical = (value: Json): Json => {
  if (Array.isArray(value)) return value.map((one: Json) => canonical(one));
  if (!isJsonObject(value)) return value;
  const sorted = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, one]) => [key, canonical(one ?? null)]));
};

const asJson = (state: SessionState): SessionState => JSON.parse(JSON.stringify(state)) as SessionState;

const evolve = (state: SessionState, row: StoredShape): SessionState => {
  const event = fromRecord(row);
  if (!event.ok) throw new Error(event.error);
  return sessionDecider.evolve(state, event.value);
};

const histories = readHistories().map(({ file, history }) => ({ file, rows: rowsOf(history) }));

describe('cached states', () => {
  it('mean what their schema says', () => {
    const folded = histories.map(({ file, rows }): Json => {
      const state = asJson(rows.reduce(evolve, sessionDecider.initialState));
      return [file, canonical(state as unknown as Json)];
    });
    const states = createHash('sha256').update(JSON.stringify(folded)).digest('hex').slice(0, 16);
    const found = { schema: SNAPSHOT_SCHEMA, states };
    if (found.schema !== PINNED.schema || found.states !== PINNED.states)
      throw new Error(`expected ${JSON.stringify(PINNED)}, received ${JSON.stringify(found)}${HELP}`);
  });

  it('lead on as the state itself does, wherever they are made', () => {
    for (const { rows } of histories) {
      const whole = rows.reduce(evolve, sessionDecider.initialState);
      const cached = rows.reduce((state, row, index) => {
        const next = evolve(state, row);
        return index % 5 === 0 ? asJson(next) : next;
      }, sessionDecider.initialState);
      expect(cached).toEqual(asJson(whole));
    }
  });
});
