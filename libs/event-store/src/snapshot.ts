import { type StreamTail } from './stream-tail.ts';
import { type DataKeyRecord, type StoredEvent } from './record.ts';

/** A cached state of a session (design K14), sealed: it may hold personal fields. */
export interface StoredSnapshot {
  readonly sessionId: string;
  readonly tenant: string;
  /** The last row folded into it. */
  readonly seq: number;
  /** Which shape of state this is; one with another name is of no use. */
  readonly schema: string;
  readonly body: Buffer;
}

/** All that is needed to own a session, of one moment. */
export interface Loaded {
  readonly tail: StreamTail | null;
  /** The cached state; null when there is none of the schema asked for. */
  readonly snapshot: StoredSnapshot | null;
  /** Rows from `snapshot.seq` on (that row too: its hash proves the snapshot); all of them without one. */
  readonly rows: readonly StoredEvent[];
  readonly keys: readonly DataKeyRecord[];
}
