import { createHmac } from 'node:crypto';
import { type DataKeys } from './data-keys.ts';
import { openBox, sealBox } from './secret-box.ts';

interface Given {
  readonly sessionId: string;
  readonly tenant: string;
  /** For snapshots alone; derived from the tenant's key. */
  readonly snapshotKey: Buffer;
}

export interface SnapshotSeal {
  readonly seal: (seq: number, schema: string, clear: Buffer) => Buffer;
  readonly open: (seq: number, schema: string, body: Buffer) => Buffer | null;
}

const COUNT_BYTES = 4;
const ID_BYTES = 16;

const idBytes = (keyId: string): Buffer => Buffer.from(keyId.replaceAll('-', ''), 'hex');

/**
 * A box whose key is made of the tenant's and of every data key of the session, as wrapped in the log. The ids of
 * those keys stand before it; one that is destroyed takes the box with it.
 */
export const createSnapshotSeal = (
  { sessionId, tenant, snapshotKey }: Given,
  dataKeys: Pick<DataKeys, 'wrapped'>,
): SnapshotSeal => {
  const context = (seq: number, schema: string): string => JSON.stringify([sessionId, tenant, seq, schema]);
  const keyOf = (wrapped: readonly Buffer[]): Buffer =>
    createHmac('sha256', snapshotKey).update(Buffer.concat(wrapped)).digest();

  /** Null when one of them is gone. */
  const wrappedOf = (ids: Buffer): readonly Buffer[] | null => {
    const known = new Map(
      [...dataKeys.wrapped()].map(([id, wrapped]) => [idBytes(id).toString('hex'), wrapped]),
    );
    const found: Buffer[] = [];
    for (let at = 0; at < ids.length; at += ID_BYTES) {
      const wrapped = known.get(ids.toString('hex', at, at + ID_BYTES));
      if (wrapped === undefined) return null;
      found.push(wrapped);
    }
    return found;
  };

  const unseal = (seq: number, schema: string, body: Buffer): Buffer | null => {
    const end = COUNT_BYTES + ID_BYTES * body.readUInt32BE(0);
    const wrapped = end > body.length ? null : wrappedOf(body.subarray(COUNT_BYTES, end));
    return wrapped === null ? null : openBox(keyOf(wrapped), context(seq, schema), body.subarray(end));
  };

  return {
    seal: (seq, schema, clear) => {
      const keys = [...dataKeys.wrapped()];
      const count = Buffer.alloc(COUNT_BYTES);
      count.writeUInt32BE(keys.length);
      const box = sealBox(keyOf(keys.map(([, wrapped]) => wrapped)), context(seq, schema), clear);
      return Buffer.concat([count, ...keys.map(([id]) => idBytes(id)), box]);
    },
    open: (seq, schema, body) => {
      try {
        return unseal(seq, schema, body);
      } catch {
        return null;
      }
    },
  };
};
