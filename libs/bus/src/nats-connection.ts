import { readFileSync } from 'node:fs';
import {
  connect,
  type ConnectionOptions,
  credsAuthenticator,
  type NatsConnection,
} from '@nats-io/transport-node';

/** Where and how to connect. */
export interface NatsAddress {
  /** `nats://` or `tls://`, with `user:password@` when the server wants it; several with commas. */
  readonly url: string;
  /** A credentials file of NATS (JWT and seed). */
  readonly credsFile?: string | undefined;
  /** Shown by the server's monitoring. */
  readonly name: string;
  readonly connectTimeoutMs?: number | undefined;
  /** A server that leaves three pings unanswered is gone; default 1,000. */
  readonly pingIntervalMs?: number | undefined;
}

const MIN_VERSION = [2, 9] as const;
const CONNECT_TIMEOUT_MS = 5_000;
const PING_INTERVAL_MS = 1_000;
const MAX_PINGS_OUT = 3;

const parseUrl = (text: string): URL => {
  const full = text.includes('://') ? text : `nats://${text}`;
  const url = URL.canParse(full) ? new URL(full) : null;
  if (url === null || url.host === '' || !['nats:', 'tls:'].includes(url.protocol)) {
    throw new Error('the NATS address must look like nats://host:port or tls://host:port');
  }
  return url;
};

/** The client takes no credentials from an address; people write them there. */
const accessOf = (url: URL, credsFile: string | undefined): ConnectionOptions => {
  if (credsFile !== undefined) return { authenticator: credsAuthenticator(readFileSync(credsFile)) };
  const user = decodeURIComponent(url.username);
  const pass = decodeURIComponent(url.password);
  if (user !== '' && pass === '') return { token: user };
  return user === '' ? {} : { user, pass };
};

const checkServer = async (connection: NatsConnection): Promise<void> => {
  const { version = '0', headers } = connection.info ?? {};
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [minMajor, minMinor] = MIN_VERSION;
  if (headers === true && (major > minMajor || (major === minMajor && minor >= minMinor))) return;
  await connection.close();
  throw new Error(`nats-server ${version} is too old; Cordboard needs ${MIN_VERSION.join('.')} or newer`);
};

/** Connects once; the connection never comes back by itself when it is lost. Raises with a readable reason. */
export const openConnection = async (address: NatsAddress): Promise<NatsConnection> => {
  const urls = address.url.split(',').map((text) => parseUrl(text.trim()));
  const [first] = urls;
  if (first === undefined) throw new Error('no NATS address was given');
  const servers = urls.map(({ host }) => host);
  const connection = await connect({
    servers,
    ...accessOf(first, address.credsFile),
    ...(first.protocol === 'tls:' ? { tls: {} } : {}),
    name: address.name,
    reconnect: false,
    timeout: address.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    pingInterval: address.pingIntervalMs ?? PING_INTERVAL_MS,
    maxPingOut: MAX_PINGS_OUT,
  }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`NATS at ${servers.join(', ')} cannot be reached: ${reason}`, { cause: error });
  });
  await checkServer(connection);
  return connection;
};
