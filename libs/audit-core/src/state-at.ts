import { sessionDecider, type SessionState } from '@cordboard/domain';
import { type Keyring, type StoredEvent } from '@cordboard/event-store';
import { fromRecord } from '@cordboard/translation';

/**
 * The whole state of a session after the row `seq` (the last one when absent): the fold of its stream from the
 * first row on. Personal fields whose key was destroyed are null in it. Throws at a row that this release
 * cannot read.
 */
export const stateAt = (
  events: readonly StoredEvent[],
  keyring: Pick<Keyring, 'open'>,
  seq = Infinity,
): SessionState => {
  let state = sessionDecider.initialState;
  for (const row of events) {
    if (row.seq > seq) break;
    const event = fromRecord({ ...row, data: keyring.open(row) });
    if (!event.ok) throw new Error(`sequence ${row.seq}: ${event.error}`);
    state = sessionDecider.evolve(state, event.value);
  }
  return state;
};
