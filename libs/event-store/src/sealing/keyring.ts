import { type EventMeta, type JsonObject } from '@cordboard/kernel';
import { advance, chainHash } from '../chain.ts';
import { type Draft, type Head, type Keyring, type Recorded } from '../chronicle.ts';
import { type DataKeyRecord, type DataSubjectRecord, type EventRecord } from '../record.ts';
import { createDataKeys } from './data-keys.ts';
import { joinPersonal, type PersonalFields, splitPersonal } from './personal-fields.ts';
import { openBox, sealBox } from './secret-box.ts';
import { createSnapshotSeal } from './snapshot-seal.ts';

interface Given {
  readonly sessionId: string;
  readonly tenant: string;
  readonly dataKeys: readonly DataKeyRecord[];
  readonly wrappingKey: Buffer;
  readonly snapshotKey: Buffer;
  readonly subject: (numberOrAddress: string) => Buffer;
}

type Sealed = Pick<EventRecord, 'data' | 'pii' | 'keyId'> & Pick<Recorded, 'keys' | 'subjects'>;

const context = (sessionId: string, seq: number, type: string): string =>
  JSON.stringify([sessionId, seq, type]);

const metaOf = (head: Head, { name, meta }: Draft): EventMeta =>
  name === null ? meta : { ...meta, previous: head.wireSeq };

/** The keyring of one session (design K15, K16). */
export const createKeyring = (given: Given): Keyring => {
  const { sessionId, tenant } = given;
  const dataKeys = createDataKeys(given);
  const snapshots = createSnapshotSeal(given, dataKeys);
  const tied = new Set<string>();

  const tie = (keyId: string, subjects: readonly string[]): readonly DataSubjectRecord[] => {
    const fresh: DataSubjectRecord[] = [];
    for (const subject of new Set(subjects)) {
      const record = { tenant, subject: given.subject(subject), keyId };
      const tag = `${keyId} ${record.subject.toString('base64')}`;
      if (!tied.has(tag)) fresh.push(record);
      tied.add(tag);
    }
    return fresh;
  };

  const seal = (seq: number, draft: Draft): Sealed => {
    const { data, personal } = splitPersonal(draft.data, draft.personal);
    if (Object.keys(personal).length === 0) return { data, pii: null, keyId: null, keys: [], subjects: [] };
    const { dataKey, made } = dataKeys.forScope(draft.scope);
    const clear = Buffer.from(JSON.stringify(personal));
    return {
      data,
      pii: sealBox(dataKey.key, context(sessionId, seq, draft.type), clear),
      keyId: dataKey.keyId,
      keys: made === undefined ? [] : [made],
      subjects: tie(dataKey.keyId, draft.subjects),
    };
  };

  const record = (head: Head, draft: Draft): Recorded => {
    const seq = head.seq + 1;
    const { data, pii, keyId, keys, subjects } = seal(seq, draft);
    const unchained = {
      sessionId,
      seq,
      epoch: head.epoch,
      tenant,
      type: draft.type,
      version: draft.version,
      target: draft.target,
      at: Math.max(head.at, Math.trunc(draft.at)),
      name: draft.name,
      data,
      pii,
      keyId,
      meta: metaOf(head, draft),
    };
    const chained = { ...unchained, hash: chainHash(head.hash, unchained), follows: head.hash };
    return { record: chained, keys, subjects, head: advance(head, chained) };
  };

  const open = ({ seq, type, data, pii, keyId }: Parameters<Keyring['open']>[0]): JsonObject => {
    const key = keyId === null ? null : dataKeys.byId(keyId);
    if (pii === null || key === null) return data;
    const clear = openBox(key, context(sessionId, seq, type), pii).toString();
    return joinPersonal(data, JSON.parse(clear) as PersonalFields);
  };

  return { record, open, sealSnapshot: snapshots.seal, openSnapshot: snapshots.open };
};
