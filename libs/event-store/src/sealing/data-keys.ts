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
}

export const createDataKeys = ({ sessionId, tenant, dataKeys, wrappingKey }: Given): DataKeys => {
  const records = new Map(dataKeys.map((record) => [record.keyId, record]));
  const open = new Map<string, Buffer>();
  const byScope = new Map<string, string>();
  for (const { scope, keyId, wrapped } of dataKeys) if (wrapped !== null) byScope.set(scope, keyId);

  const byId = (keyId: string): Buffer | null => {
    const present = open.get(keyId);
    if (present !== undefined) return present;
    const wrapped = records.get(keyId)?.wrapped ?? null;
    if (wrapped === null) return null;
    const key = openBox(wrappingKey, keyId, wrapped);
    open.set(keyId, key);
    return key;
  };

  const make = (scope: string): { readonly dataKey: DataKey; readonly made: DataKeyRecord } => {
    const dataKey = { keyId: randomUUID(), key: randomBytes(32) };
    open.set(dataKey.keyId, dataKey.key);
    byScope.set(scope, dataKey.keyId);
    const wrapped = sealBox(wrappingKey, dataKey.keyId, dataKey.key);
    return { dataKey, made: { keyId: dataKey.keyId, tenant, sessionId, scope, wrapped } };
  };

  return {
    byId,
    forScope: (scope) => {
      const keyId = byScope.get(scope);
      const key = keyId === undefined ? null : byId(keyId);
      return keyId === undefined || key === null ? make(scope) : { dataKey: { keyId, key } };
    },
  };
};
