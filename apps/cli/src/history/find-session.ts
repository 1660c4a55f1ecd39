import { SetupError } from '@cordboard/embedded';
import { type EventStore } from '@cordboard/event-store';
import { isSessionId } from '@cordboard/kernel';

/** A prefix is looked for among so many sessions, open and newest first. */
const SEARCHED = 10_000;

/** The session that an id, or a beginning of one that no other shares, means. */
export const findSession = async (store: EventStore, wanted: string): Promise<string> => {
  const id = wanted.toLowerCase();
  if (isSessionId(id)) return id;
  if (!/^[0-9a-f-]{1,36}$/.test(id))
    throw new SetupError(`"${wanted}" is no session id: see cordboard sessions.`);
  const found = (await store.sessions({ limit: SEARCHED })).filter(({ sessionId }) =>
    sessionId.startsWith(id),
  );
  const [only] = found;
  if (only === undefined) throw new SetupError(`No session begins with "${wanted}": see cordboard sessions.`);
  if (found.length === 1) return only.sessionId;
  throw new SetupError(`${found.length} sessions begin with "${wanted}": give more of the id.`);
};
