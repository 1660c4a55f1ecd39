import { randomBytes } from 'node:crypto';
import { openingHead } from './chain.ts';
import { type Draft, type Head } from './chronicle.ts';
import { type Append } from './event-store.ts';
import { parseTenantKeys } from './sealing/tenant-keys.ts';
import { createVault, type Vault } from './sealing/vault.ts';

/** A UUIDv7 of a moment. */
export const idAt = (at: number): string => {
  const hex = at.toString(16).padStart(12, '0') + randomBytes(10).toString('hex');
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) % 4] ?? '8';
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `7${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');
};

const TENANT_KEY = Buffer.alloc(32, 7).toString('base64');

/** A vault with a key for each tenant named. */
export const specimenVault = (...tenants: readonly string[]): Vault =>
  createVault({ tenantKeys: parseTenantKeys(tenants.map((tenant) => `${tenant}=${TENANT_KEY}`).join(',')) });

/** An internal event without personal fields, unless `change` says otherwise. */
export const draft = (change: Partial<Draft> = {}): Draft => ({
  type: 'SomethingHappened',
  version: 1,
  target: 'S',
  at: Date.now(),
  name: null,
  data: { hello: 'world' },
  personal: [],
  scope: 'I',
  subjects: [],
  meta: { actor: { kind: 'agent', id: '1001' }, causation: 'command:1', correlation: '1' },
  ...change,
});

/** Writes one session's appends, each following the one before, as an owner does. */
export interface Writer {
  readonly sessionId: string;
  readonly tenant: string;
  readonly head: () => Head;
  readonly next: (drafts: readonly Draft[], extra?: Pick<Append, 'opens' | 'closes'>) => Append;
}

/** `from` lets a second owner begin where another stands. */
export const writerOf = (tenant: string, from?: Head): Writer => {
  const sessionId = from?.sessionId ?? idAt(Date.now());
  const keyring = specimenVault(tenant).keyring(sessionId, tenant, []);
  let head = from ?? { ...openingHead(sessionId, tenant), epoch: 1 };
  return {
    sessionId,
    tenant,
    head: () => head,
    next: (drafts, extra = {}) => {
      const recorded = drafts.map((given) => {
        const made = keyring.record(head, given);
        head = made.head;
        return made;
      });
      return {
        sessionId,
        records: recorded.map(({ record }) => record),
        keys: recorded.flatMap(({ keys }) => keys),
        subjects: recorded.flatMap(({ subjects }) => subjects),
        ...extra,
      };
    },
  };
};
