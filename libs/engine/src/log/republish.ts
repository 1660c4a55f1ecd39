import { subjects } from '@cordboard/bus';
import { type Keyring, type LaneMark, type StoredEvent } from '@cordboard/event-store';
import { type JsonObject } from '@cordboard/kernel';
import { storedMessage } from '../session/event-message.ts';
import { type EnginePorts } from '../ports.ts';

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

type Opener = (row: StoredEvent) => JsonObject;

/** Raises when the log cannot be read; what it gives raises when the tenant's key is not here. */
const openersOf = ({ store, vault }: Ports): ((row: StoredEvent) => Promise<Opener>) => {
  const openers = new Map<string, Promise<Opener>>();
  return ({ sessionId, tenant }) => {
    const known = openers.get(sessionId);
    if (known !== undefined) return known;
    const made = store.keys(sessionId).then((keys): Opener => {
      let keyring: Keyring | null = null;
      return (row) => (keyring ??= vault.keyring(sessionId, tenant, keys)).open(row);
    });
    openers.set(sessionId, made);
    return made;
  };
};

const asStored: Opener = ({ data }) => data;

/**
 * Publishes once more what stands at the end of a lane whose worker is gone: it may have died before it did
 * (design K12). Listeners know by the sequence what they have. Raises when the log cannot be read.
 */
export const republish = async (ports: Ports, { lane, wpos, after, since }: Stretch): Promise<void> => {
  const { store, bus, log, metrics } = ports;
  const openerOf = openersOf(ports);

  const publish = (row: StoredEvent, open: Opener): void => {
    const message = storedMessage(row, open(row));
    if (!message.ok) throw new Error(message.error);
    const { target, name, body, headers } = message.value;
    if (bus.publish(subjects.event(row.tenant, target, name), body, headers)) {
      metrics.count('events_republished');
    }
  };

  /** One that cannot be said keeps back no other; who misses it reads the log. */
  const say = async (row: StoredEvent): Promise<void> => {
    const open = row.pii === null ? asStored : await openerOf(row);
    try {
      publish(row, open);
    } catch (error) {
      log.warn('a row could not be published again', { reason: String(error) });
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
