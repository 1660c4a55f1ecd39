import { type EventMeta, type JsonObject } from '@cordboard/kernel';
import { type StoredEvent } from '../record.ts';

/** A row as `pg` reads it. */
export interface StoredRow {
  readonly session_id: string;
  readonly seq: number;
  readonly lane: number;
  readonly wpos: string;
  readonly epoch: number;
  readonly tenant: string;
  readonly type: string;
  readonly version: number;
  readonly target: string;
  readonly at: Date;
  readonly name: string | null;
  readonly data: JsonObject;
  readonly pii: Buffer | null;
  readonly key_id: string | null;
  readonly meta: EventMeta;
  readonly hash: Buffer;
}

export const storedEvent = ({ session_id, key_id, wpos, at, ...row }: StoredRow): StoredEvent => ({
  ...row,
  sessionId: session_id,
  keyId: key_id,
  wpos: Number(wpos),
  at: at.getTime(),
});
