import { randomBytes, randomUUID } from 'node:crypto';
import { type DataKeyRecord } from '../record.ts';
import { openBox, sealBox } from './secret-box.ts';

interface Given {
  readonly sessionId: string;
  readonly tenant: string;
  readonly dataKeys: readonly DataKeyRecord[];
  /** Wraps the data keys; derived from the tenant's key. */
  readonly wrappingKey: Buffer;
}

interface DataKey {
  readonly keyId: string;
  readonly key: Buffer;
}

/** The data keys of one session, unwrapped when first used. */
export interface DataKeys {
  /** The key of a scope and, when it had to be made, its record. */
  readonly forScope: (scope: string) => { readonly dataKey: DataKey; readonly made?: DataKeyRecord };
  /** Null when the key was destroyed or is not this session's. */
  readonly byId: (keyId: string) => Buffer | null;
  /** Those that were not destroyed, as they stand wrapped in the log or soon will. */
  readonly wrapped: () => ReadonlyMap<string, Buffer>;
}

export const createDataKeys = ({ sessionId, tenant, dataKeys, wrappingKey }: Given): DataKeys => {
  const open = new Map<string, Buffer>();
  const standing = new Map<string, Buffer>();
  const byScope = new Map<string, string>();
  for (const { scope, keyId, wrapped } of dataKeys) {
    if (wrapped === null) continue;
    byScope.set(scope, keyId);
    standing.set(keyId, wrapped);
  }

  const byId = (keyId: string): Buffer | null => {
    const present = open.get(keyId);
    if (present !== undefined) return present;
    const wrapped = standing.get(keyId);
    if (wrapped === undefined) return null;
    const key = openBox(wrappingKey, keyId, wrapped);
    open.set(keyId, key);
    return key;
  };

  const make = (scope: string): { readonly dataKey: DataKey; readonly made: DataKeyRecord } => {
    const dataKey = { keyId: randomUUID(), key: randomBytes(32) };
    open.set(dataKey.keyId, dataKey.key);
    byScope.set(scope, dataKey.keyId);
    const wrapped = sealBox(wrappingKey, dataKey.keyId, dataKey.key);
    standing.set(dataKey.keyId, wrapped);
    return { dataKey, made: { keyId: dataKey.keyId, tenant, sessionId, scope, wrapped } };
  };

  return {
    byId,
    wrapped: () => standing,
    forScope: (scope) => {
      const keyId = byScope.get(scope);
      const key = keyId === undefined ? null : byId(keyId);
      return keyId === undefined || key === null ? make(scope) : { dataKey: { keyId, key } };
    },
  };
};
