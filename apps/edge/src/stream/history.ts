import { objectEventFrame } from '@cordboard/agent-protocol';
import { type EventStore, type StoredEvent, type Vault } from '@cordboard/event-store';
import { type Frame } from './splice.ts';

/** A stretch of a session's stored object events. */
interface Stretch {
  readonly tenant: string;
  readonly session: string;
  /** Those after this sequence. */
  readonly after: number;
  /** Those up to and with this sequence; all when absent. */
  readonly upTo?: number | undefined;
  readonly limit?: number | undefined;
}

/** Bytes of rows that one read brings; more than any resumption takes. */
const MAX_BYTES = 1024 * 1024;

/**
 * Reads object events back as the very frames that were published live, the lowest first, as many as fit into one
 * read. Rejects when the log cannot be read.
 */
export type History = (stretch: Stretch) => Promise<readonly Frame[]>;

/**
 * Callers have proved that their agent may see the session before they ask: personal fields come opened.
 * Rows of another tenant are never given.
 */
export const createHistory =
  (store: Pick<EventStore, 'read' | 'keys'>, vault: Pick<Vault, 'keyring'>): History =>
  async ({ tenant, session, after, upTo, limit }) => {
    const rows = await store.read(session, { after, upTo, limit, wireOnly: true, maxBytes: MAX_BYTES });
    const own = rows.filter((row) => row.tenant === tenant);
    const sealed = own.some(({ pii }) => pii !== null);
    const keyring = vault.keyring(session, tenant, sealed ? await store.keys(session) : []);
    return own.map((row) => frameOf(row, keyring.open));
  };

const frameOf = (row: StoredEvent, open: ReturnType<Vault['keyring']>['open']): Frame => {
  const previous = row.meta.previous ?? null;
  const { target, seq: sequence, at } = row;
  const data = row.pii === null ? row.data : open(row);
  return {
    sequence,
    previous,
    text: objectEventFrame({ target, name: row.name ?? '', data, sequence, previous, at }),
  };
};
