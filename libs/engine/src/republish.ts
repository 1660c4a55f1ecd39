import { subjects } from '@cordboard/bus';
import { type Keyring, type LaneMark, type StoredEvent } from '@cordboard/event-store';
import { storedMessage } from './event-message.ts';
import { type EnginePorts } from './ports.ts';

type Ports = Pick<EnginePorts, 'store' | 'vault' | 'bus' | 'log' | 'metrics'>;

/** Where to begin in a lane that ended. */
export interface Stretch extends LaneMark {
  /** Places up to this one were heard of. */
  readonly after: number;
  /** Rows that are older need not be said again, in ms since the epoch. */
  readonly since: number;
}

const PAGE_ROWS = 500;
/** What listeners missed beyond this they read from the log. */
const MAX_ROWS = 10_000;

const keyringsOf = ({ store, vault }: Ports): ((row: StoredEvent) => Promise<Keyring>) => {
  const keyrings = new Map<string, Promise<Keyring>>();
  return ({ sessionId, tenant }) => {
    const known = keyrings.get(sessionId);
    if (known !== undefined) return known;
    const made = store.keys(sessionId).then((keys) => vault.keyring(sessionId, tenant, keys));
    keyrings.set(sessionId, made);
    return made;
  };
};

/**
 * Publishes once more what stands at the end of a lane whose worker is gone: it may have died before it did
 * (design K12). Listeners know by the sequence what they have. Raises when the log cannot be read.
 */
export const republish = async (ports: Ports, { lane, wpos, after, since }: Stretch): Promise<void> => {
  const { store, bus, log, metrics } = ports;
  const keyringOf = keyringsOf(ports);

  const say = async (row: StoredEvent): Promise<void> => {
    const message = storedMessage(row, row.pii === null ? row.data : (await keyringOf(row)).open(row));
    if (!message.ok) return log.warn('a row could not be published again', { reason: message.error });
    const { target, name, body, headers } = message.value;
    if (bus.publish(subjects.event(row.tenant, target, name), body, headers)) {
      metrics.count('events_republished');
    }
  };

  let place = Math.max(after, wpos - MAX_ROWS);
  while (place < wpos) {
    const rows = await store.readLane(lane, place, PAGE_ROWS);
    for (const row of rows) if (row.at >= since) await say(row);
    const last = rows.at(-1);
    if (last === undefined) return;
    place = last.wpos;
    await bus.flush();
  }
};
