import { type SessionEvent, sessionDecider, type SessionState } from '@cordboard/domain';
import { createVault, type StoredEvent } from '@cordboard/event-store';
import { fromRecord } from '@cordboard/translation';
import { type Database } from '../world/database.ts';

/** A stored row with what it means, and the state after it. */
interface Folded {
  readonly row: StoredEvent;
  readonly event: SessionEvent;
  readonly state: SessionState;
}

const vault = createVault({ tenantKeys: () => Buffer.alloc(32, 7) });

const known = new WeakMap<readonly StoredEvent[], readonly Folded[]>();

/** Folds a stored stream with nothing but the log at hand; raises when a row cannot be read. */
export const foldStream = ({ log }: Database, session: string): readonly Folded[] => {
  const rows = log.streams.get(session) ?? [];
  const before = known.get(rows);
  if (before?.length === rows.length) return before;
  const keys = [...log.keys.values()].filter(({ sessionId }) => sessionId === session);
  const keyring = vault.keyring(session, 'demo', keys);
  let state = sessionDecider.initialState;
  const folded = rows.map((row) => {
    const event = fromRecord({ ...row, data: keyring.open(row) });
    if (!event.ok) throw new Error(`${session}/${String(row.seq)}: ${event.error}`);
    state = sessionDecider.evolve(state, event.value);
    return { row, event: event.value, state };
  });
  known.set(rows, folded);
  return folded;
};
