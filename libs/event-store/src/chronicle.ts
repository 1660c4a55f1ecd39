import { type EventMeta, type JsonObject } from '@cordboard/kernel';
import { type DataKeyRecord, type DataSubjectRecord, type EventRecord } from './record.ts';

/** What the next record of a stream builds on. */
export interface Head {
  readonly sessionId: string;
  readonly tenant: string;
  readonly seq: number;
  readonly epoch: number;
  /** Sequence of the last row with a wire form; null before the first. */
  readonly wireSeq: number | null;
  readonly at: number;
  readonly hash: Buffer;
}

/** An event about to be recorded, in clear. */
export interface Draft {
  readonly type: string;
  readonly version: number;
  readonly target: string;
  readonly at: number;
  readonly name: string | null;
  readonly data: JsonObject;
  /** Dotted paths into `data` whose values are personal (`member.number`, `interactionData`); absent ones are skipped. */
  readonly personal: readonly string[];
  /** Which data key seals them: the interaction's id, else what set the event off. */
  readonly scope: string;
  /** Numbers and addresses of persons that the event speaks of. */
  readonly subjects: readonly string[];
  readonly meta: EventMeta;
}

/** One event recorded: the row, what its sealing added, and the head after it. */
export interface Recorded {
  readonly record: EventRecord;
  readonly keys: readonly DataKeyRecord[];
  readonly subjects: readonly DataSubjectRecord[];
  readonly head: Head;
}

/**
 * The keys of one session, in memory. `record` seals, numbers and chains a draft; when a flush fails, the
 * keyring is thrown away together with the state. `open` gives a stored row's data with its personal fields
 * back in place; where the key was destroyed they are null.
 */
export interface Keyring {
  readonly record: (head: Head, draft: Draft) => Recorded;
  readonly open: (event: Pick<EventRecord, 'seq' | 'type' | 'data' | 'pii' | 'keyId'>) => JsonObject;
  /**
   * Seals a cache of the session's state for its place in `snapshots`. It opens only while every data key of the
   * session is there: once a person was forgotten, nobody can read it (design K15).
   */
  readonly sealSnapshot: (seq: number, schema: string, clear: Buffer) => Buffer;
  /** What was sealed; null when it is of another session, tenant, place or schema, broken, or of somebody forgotten. */
  readonly openSnapshot: (seq: number, schema: string, body: Buffer) => Buffer | null;
}
