import { createHmac, hash, hkdfSync } from 'node:crypto';
import { type Keyring } from '../chronicle.ts';
import { type DataKeyRecord } from '../record.ts';
import { createKeyring } from './keyring.ts';
import { normalisedSubject } from './subject.ts';
import { type TenantKeys } from './tenant-keys.ts';

/** Everything that needs a tenant's key. */
export interface Vault {
  /** The keys of one session; `dataKeys` as stored, none for a new session. */
  readonly keyring: (sessionId: string, tenant: string, dataKeys: readonly DataKeyRecord[]) => Keyring;
  /**
   * What is kept of an agent command (design K10): 16 bytes of the sha256 of its id and 8 bytes of an HMAC of
   * its content, in base64.
   */
  readonly digest: (tenant: string, requestId: string, content: string) => string;
  /** What stands for a person in `data_subjects`: the HMAC of a number or address, normalised. */
  readonly subject: (tenant: string, numberOrAddress: string) => Buffer;
}

interface Derived {
  readonly wrap: Buffer;
  readonly snapshot: Buffer;
  readonly subject: Buffer;
  readonly digest: Buffer;
}

const derive = (key: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `cordboard ${purpose} v1`, 32));

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The vault over the tenants' keys. Each purpose has a key of its own, derived by HKDF. */
export const createVault = ({ tenantKeys }: { readonly tenantKeys: TenantKeys }): Vault => {
  const known = new Map<string, Derived>();
  const keysOf = (tenant: string): Derived => {
    const present = known.get(tenant);
    if (present !== undefined) return present;
    const key = tenantKeys(tenant);
    const derived = {
      wrap: derive(key, 'wrap'),
      snapshot: derive(key, 'snapshot'),
      subject: derive(key, 'subject'),
      digest: derive(key, 'digest'),
    };
    known.set(tenant, derived);
    return derived;
  };
  const subject = (tenant: string, numberOrAddress: string): Buffer =>
    hmac(keysOf(tenant).subject, normalisedSubject(numberOrAddress));
  return {
    subject,
    digest: (tenant, requestId, content) =>
      Buffer.concat([
        hash('sha256', requestId, 'buffer').subarray(0, 16),
        hmac(keysOf(tenant).digest, content).subarray(0, 8),
      ]).toString('base64'),
    keyring: (sessionId, tenant, dataKeys) =>
      createKeyring({
        sessionId,
        tenant,
        dataKeys,
        wrappingKey: keysOf(tenant).wrap,
        snapshotKey: keysOf(tenant).snapshot,
        subject: (numberOrAddress) => subject(tenant, numberOrAddress),
      }),
  };
};
