import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { isId } from '@cordboard/kernel';

/** The 32-byte key of a tenant. Throws when there is none. */
export type TenantKeys = (tenant: string) => Buffer;

const KEY_BYTES = 32;

const decoded = (text: string, tenant: string): Buffer => {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== KEY_BYTES) {
    throw new Error(`the key of tenant ${tenant} is not ${KEY_BYTES} bytes in base64`);
  }
  return key;
};

/** Keys from one text, `tenant=base64,tenant=base64`: the form of CORDBOARD_TENANT_KEYS. Throws when it is ill-formed. */
export const parseTenantKeys = (text: string): TenantKeys => {
  const keys = new Map<string, Buffer>();
  for (const entry of text.split(',').filter((part) => part.trim() !== '')) {
    const cut = entry.indexOf('=');
    const tenant = entry.slice(0, Math.max(cut, 0)).trim();
    if (!isId(tenant)) throw new Error('tenant keys are written tenant=base64,tenant=base64');
    keys.set(tenant, decoded(entry.slice(cut + 1), tenant));
  }
  return (tenant) => {
    const key = keys.get(tenant);
    if (key === undefined) throw new Error(`no key is configured for tenant ${tenant}`);
    return key;
  };
};

const isTaken = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EEXIST';

/** Appears whole or not at all, once, however many processes start together. */
const writeKey = (file: string): void => {
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  const descriptor = openSync(draft, 'wx', 0o600);
  try {
    writeSync(descriptor, `${randomBytes(KEY_BYTES).toString('base64')}\n`);
    fsyncSync(descriptor);
    linkSync(draft, file);
  } catch (error) {
    if (!isTaken(error)) throw error;
  } finally {
    closeSync(descriptor);
    unlinkSync(draft);
  }
};

const readOrMake = (folder: string, tenant: string): Buffer => {
  if (!isId(tenant)) throw new Error('a tenant name is 1 to 64 of A-Z a-z 0-9 _ -');
  const file = join(folder, `${tenant}.key`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    return decoded(readFileSync(file, 'utf8'), tenant);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  writeKey(file);
  return decoded(readFileSync(file, 'utf8'), tenant);
};

/** Keys from `<dataDir>/keys/<tenant>.key`, made when absent: the embedded default. */
export const tenantKeysIn = (dataDir: string): TenantKeys => {
  const known = new Map<string, Buffer>();
  return (tenant) => {
    const key = known.get(tenant) ?? readOrMake(join(dataDir, 'keys'), tenant);
    known.set(tenant, key);
    return key;
  };
};

/** CORDBOARD_TENANT_KEYS when it is set, else key files in the data folder. */
export const loadTenantKeys = (given: {
  readonly keys?: string | undefined;
  readonly dataDir: string;
}): TenantKeys =>
  given.keys === undefined || given.keys === '' ? tenantKeysIn(given.dataDir) : parseTenantKeys(given.keys);
