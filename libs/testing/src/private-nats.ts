import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { forgetProcess, natsBinary, type NatsServer, rememberProcess, startNats } from '@cordboard/embedded';
import { oncePerRun } from './once-per-run.ts';
import { runFolder } from './run-folder.ts';

/** A NATS server of one's own, with JetStream. */
export interface PrivateNats {
  /** With credentials. */
  readonly url: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly pid: number;
  /** Ends it in order, and waits. */
  readonly stop: () => Promise<void>;
  /** Ends it at once, as a crash would, and waits. */
  readonly kill: () => Promise<void>;
  /** Starts it again on the same port with the same data; gives the new process id. */
  readonly restart: () => Promise<number>;
}

const projectBinaries = join(process.cwd(), '.cordboard', 'bin');

/** A server of one's own on a free port. Stop it in `afterEach` or `afterAll`. */
export const privateNats = async (): Promise<PrivateNats> => {
  const binary = await oncePerRun('nats-binary', () => natsBinary(projectBinaries));
  const name = `nats-${randomBytes(6).toString('hex')}`;
  const dataDir = join(runFolder(), name);
  mkdirSync(dataDir, { recursive: true });
  const credentials = { user: 'cordboard', password: randomBytes(18).toString('base64url') };
  const start = async (port?: number): Promise<NatsServer> => {
    const server = await startNats({ binary, dataDir, logFile: join(dataDir, 'log'), ...credentials, port });
    rememberProcess(runFolder(), name, server);
    return server;
  };
  let server = await start();
  return {
    url: server.url,
    port: server.port,
    ...credentials,
    get pid() {
      return server.pid;
    },
    stop: async () => {
      await server.stop();
      forgetProcess(runFolder(), name);
      rmSync(dataDir, { recursive: true, force: true });
    },
    kill: async () => {
      server.kill();
      await server.exited;
    },
    restart: async () => {
      server = await start(server.port);
      return server.pid;
    },
  };
};
