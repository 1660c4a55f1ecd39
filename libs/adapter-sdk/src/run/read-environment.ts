import { readFileSync } from 'node:fs';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { isId } from '@cordboard/kernel';
import { type TcpAddress } from '../tcp/connection.ts';

/** Variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** How a process reaches Cordboard, and what it is there. */
export interface Reached {
  readonly tenant: string;
  readonly processor: string;
  readonly instance: string;
  readonly by:
    | { readonly carrier: 'nats'; readonly url: string; readonly credsFile: string | undefined }
    | ({ readonly carrier: 'tcp'; readonly token: string | undefined } & TcpAddress);
}

const MIN_TOKEN = 16;
const MAX_PORT = 65_535;
const FILES = ['CORDBOARD_CTI_CA', 'CORDBOARD_CTI_CERT', 'CORDBOARD_CTI_KEY'] as const;

/** Reads variables one by one and collects what is wrong with them, so that all of it can be told at once. */
const createReader = (env: Environment) => {
  const problems: string[] = [];
  const text = (name: string): string | undefined => {
    const value = env[name]?.trim();
    return value === '' ? undefined : value;
  };
  const id = (name: string, fallback: string): string => {
    const value = text(name) ?? fallback;
    const isFit: boolean = isId(value);
    if (!isFit) problems.push(`${name} must be 1 to 64 of letters, digits, _ and -, not "${value}"`);
    return value;
  };
  const file = (name: string): string | undefined => {
    const path = text(name);
    if (path === undefined) return undefined;
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      problems.push(
        `${name} names a file that cannot be read: ${error instanceof Error ? error.message : path}`,
      );
      return undefined;
    }
  };
  return { text, id, file, problems };
};

/** What is wrong with texts that should be in PEM; null when they can be used. */
const faultIn = (keys: SecureContextOptions): string | null => {
  try {
    createSecureContext(keys);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

type Reader = ReturnType<typeof createReader>;

const HINT = 'set CORDBOARD_CTI_URL to tcp://<host>:<port> or tls://<host>:<port>';

const readTcp = ({ text, file, problems }: Reader, address: string): Reached['by'] => {
  const url = URL.canParse(address) ? new URL(address) : null;
  const port = Number(url?.port);
  const isAddress = url !== null && url.hostname !== '' && port > 0 && port <= MAX_PORT;
  if (!isAddress || !['tcp:', 'tls:'].includes(url.protocol))
    problems.push(`CORDBOARD_CTI_URL is no address; ${HINT}`);
  const isSafe = url?.protocol === 'tls:';
  const [ca, cert, key] = FILES.map(file);
  if (!isSafe && FILES.some((name) => text(name) !== undefined))
    problems.push(`${FILES.join(', ')} are for TLS; set CORDBOARD_CTI_URL to tls://<host>:<port>`);
  if ((cert === undefined) !== (key === undefined))
    problems.push('CORDBOARD_CTI_CERT and CORDBOARD_CTI_KEY belong together; set both, or none');
  const fault = faultIn({ ca, cert, key });
  if (fault !== null) problems.push(`${FILES.join(', ')} cannot be used: ${fault}; name files in PEM form`);
  const token = text('CORDBOARD_CTI_TOKEN');
  if (token !== undefined && token.length < MIN_TOKEN)
    problems.push(`CORDBOARD_CTI_TOKEN must have ${MIN_TOKEN} characters or more`);
  const host = url?.hostname.replace(/^\[(.*)\]$/, '$1') ?? '';
  return { carrier: 'tcp', host, port, token, tls: isSafe ? { ca, cert, key } : undefined };
};

const readNats = ({ text, file, problems }: Reader, url: string): Reached['by'] => {
  if (!/^(?:nats|tls):\/\/[^\s/]+/.test(url))
    problems.push('CORDBOARD_NATS_URL is no address; set it to nats://<user>:<password>@<host>:<port>');
  file('CORDBOARD_NATS_CREDS');
  return { carrier: 'nats', url, credsFile: text('CORDBOARD_NATS_CREDS') };
};

/**
 * What the environment of an adapter says (docs/writing-an-adapter.md). Raises with one line for each variable
 * that is wrong, which says what to do.
 */
export const readEnvironment = (env: Environment, name: string): Reached => {
  const reader = createReader(env);
  const { text, id, problems } = reader;
  const processor = id('CORDBOARD_PROCESSOR', name);
  const natsUrl = text('CORDBOARD_NATS_URL');
  const ctiUrl = text('CORDBOARD_CTI_URL');
  if (ctiUrl === undefined && natsUrl === undefined)
    problems.push(`the way to Cordboard is missing; ${HINT}, or CORDBOARD_NATS_URL to nats://<host>:<port>`);
  const reached: Reached = {
    tenant: id('CORDBOARD_TENANT', 'demo'),
    processor,
    instance: id('CORDBOARD_INSTANCE', `${processor.slice(0, 62)}-1`),
    by: ctiUrl === undefined ? readNats(reader, natsUrl ?? 'nats://none') : readTcp(reader, ctiUrl),
  };
  if (problems.length > 0) throw new Error(`the adapter cannot start:\n${problems.join('\n')}`);
  return reached;
};
