import { randomBytes } from 'node:crypto';
import { readJsonObject, writePrivateJson } from './private-file.ts';

const NAMES = [
  'superuserPassword',
  'ownerPassword',
  'applicationPassword',
  'natsPassword',
  'jwtSecret',
] as const;

/** Generated once for an installation and kept. */
export type Secrets = Readonly<Record<(typeof NAMES)[number], string>>;

/** The secrets of an installation; what is missing is made and stored. */
export const loadSecrets = (file: string): Secrets => {
  const known = readJsonObject(file) ?? {};
  const entries = NAMES.map((name) => {
    const value = known[name];
    return [name, typeof value === 'string' && value !== '' ? value : randomBytes(32).toString('base64url')];
  });
  const secrets = Object.fromEntries(entries) as Secrets;
  if (NAMES.some((name) => known[name] !== secrets[name])) writePrivateJson(file, secrets);
  return secrets;
};
