import { stateAt, timeline, verifyChain } from '@cordboard/audit-core';
import { SetupError } from '@cordboard/embedded';
import { type Keyring, type StoredEvent } from '@cordboard/event-store';
import { findSession } from './find-session.ts';
import { formatChain, formatTimeline } from './format-timeline.ts';
import { withHistory } from './open-history.ts';
import { opening, sessionKeys } from './session-keys.ts';

interface ReplayOptions {
  readonly at?: number | undefined;
  readonly json: boolean;
}

const printState = (events: readonly StoredEvent[], keyring: Keyring | null, at: number): void => {
  if (at > events.length)
    throw new SetupError(`The session has ${events.length} events, there is none ${at}.`);
  if (keyring === null) {
    throw new SetupError(
      'The key of the tenant is not here: set CORDBOARD_TENANT_KEYS to see the whole state.',
    );
  }
  console.log(
    JSON.stringify(
      opening(() => stateAt(events, keyring, at)),
      null,
      2,
    ),
  );
};

const printTimeline = (
  sessionId: string,
  events: readonly StoredEvent[],
  keyring: Keyring | null,
  json: boolean,
): void => {
  const rows = opening(() => timeline(events, keyring ?? undefined));
  const chain = verifyChain(events);
  if (json) {
    for (const row of rows) console.log(JSON.stringify({ ...row, time: new Date(row.time).toISOString() }));
  } else {
    console.log(`${formatTimeline(sessionId, rows)}\n\n${formatChain(chain)}`);
  }
  if (!chain.ok) throw new SetupError(formatChain(chain));
};

/** `cordboard replay` */
export const replayCommand = (wanted: string, { at, json }: ReplayOptions): Promise<void> =>
  withHistory(async (store) => {
    const sessionId = await findSession(store, wanted);
    const events = await store.read(sessionId);
    if (events.length === 0)
      throw new SetupError(`There is no session ${sessionId}: see cordboard sessions.`);
    const keyring = await sessionKeys(store, events);
    if (at === undefined) printTimeline(sessionId, events, keyring, json);
    else printState(events, keyring, at);
  });
