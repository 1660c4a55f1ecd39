import { randomBytes } from 'node:crypto';
import { type StackApp } from '@cordboard/testing';
import { measurableApp } from '../app-process.ts';
import { TENANT } from './played-owners.ts';

export interface EdgeOptions {
  readonly databaseUrl: string;
  readonly natsUrl: string;
  readonly tenantKey: Buffer;
  /** How long it hears a session after its browser went, in ms. */
  readonly ringMs: number;
  readonly execArgv?: readonly string[] | undefined;
}

/** The edge as it is built, in a process of its own. */
export const startEdge = (options: EdgeOptions): Promise<StackApp> =>
  measurableApp(
    'edge',
    {
      CORDBOARD_DATABASE_URL: options.databaseUrl,
      CORDBOARD_NATS_URL: options.natsUrl,
      CORDBOARD_TENANT_KEYS: `${TENANT}=${options.tenantKey.toString('base64')}`,
      CORDBOARD_EDGE_PORT: '0',
      CORDBOARD_JWT_SECRET: randomBytes(32).toString('base64url'),
      CORDBOARD_DEV_TOKENS: 'true',
      CORDBOARD_RING_MS: String(options.ringMs),
    },
    options.execArgv,
  );

export const edgeUrlOf = ({ ports }: StackApp): string => `http://127.0.0.1:${ports['http']}`;
