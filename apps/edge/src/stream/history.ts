import { storedEventFrame } from '@cordboard/agent-protocol';
import { type EventStore, type Vault, type WireRow } from '@cordboard/event-store';
import { type JsonObject } from '@cordboard/kernel';
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
  (store: Pick<EventStore, 'readWire' | 'keys'>, vault: Pick<Vault, 'keyring'>): History =>
  async ({ tenant, session, after, upTo, limit }) => {
    const rows = await store.readWire(session, { after, upTo, limit, maxBytes: MAX_BYTES });
    const own = rows.filter((row) => row.tenant === tenant);
    const sealed = own.some(({ pii }) => pii !== null);
    const keyring = vault.keyring(session, tenant, sealed ? await store.keys(session) : []);
    return own.map((row) => frameOf(row, keyring.open));
  };

type Open = ReturnType<Vault['keyring']>['open'];

const frameOf = (row: WireRow, open: Open): Frame => {
  const { target, name, seq: sequence, previous, at } = row;
  const data = row.pii === null ? row.data : opened(row, open);
  return { sequence, previous, text: storedEventFrame({ target, name, data, sequence, previous, at }) };
};

const opened = (row: WireRow, open: Open): string =>
  JSON.stringify(open({ ...row, data: JSON.parse(row.data) as JsonObject }));
