import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { adoptChild, type Child, describeExit } from './child.ts';
import { freePort } from './free-port.ts';
import { tailOf } from './log-tail.ts';
import { SetupError } from './setup-error.ts';

export interface NatsOptions {
  /** The program, from `natsBinary`. */
  readonly binary: string;
  readonly dataDir: string;
  readonly logFile: string;
  readonly user: string;
  readonly password: string;
  /** The same port again after a restart; a free one when left out. */
  readonly port?: number | undefined;
}

export interface NatsServer extends Child {
  readonly port: number;
  /** URL with the credentials in it. */
  readonly url: string;
}

const READY_MS = 15_000;

const portsFolder = ({ dataDir }: NatsOptions): string => join(dataDir, 'nats-ports');

const configuration = (options: NatsOptions, port: number): string =>
  [
    'listen: ' + JSON.stringify(`127.0.0.1:${port}`),
    `ports_file_dir: ${JSON.stringify(portsFolder(options))}`,
    'max_payload: 1048576',
    `authorization { user: ${JSON.stringify(options.user)}, password: ${JSON.stringify(options.password)} }`,
    `jetstream { store_dir: ${JSON.stringify(join(options.dataDir, 'nats'))}, max_file: 2147483648 }`,
    '',
  ].join('\n');

/** Written by our very process once it listens; another server may greet us on a port that it was refused. */
const portsFile = (options: NatsOptions, pid: number): string =>
  join(portsFolder(options), `${basename(options.binary)}_${pid}.ports`);

/** A server that is ready greets every connection with one INFO line. */
const greets = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const settle = (greeted: boolean): void => {
      socket.destroy();
      resolve(greeted);
    };
    socket.setTimeout(1000, () => settle(false));
    socket.once('error', () => settle(false));
    socket.once('close', () => settle(false));
    socket.once('data', (bytes) => settle(bytes.toString('latin1').startsWith('INFO ')));
  });

const untilReady = async (server: NatsServer, options: NatsOptions): Promise<void> => {
  const { logFile } = options;
  const listens = portsFile(options, server.pid);
  let end: string | null = null;
  void server.exited.then((exit) => {
    end = describeExit(exit);
  });
  const until = Date.now() + READY_MS;
  while (!existsSync(listens) || !(await greets(server.port))) {
    if (end !== null) throw new SetupError(`nats-server ended at once (${String(end)}): ${tailOf(logFile)}`);
    if (Date.now() > until)
      throw new SetupError(`nats-server is not ready after ${READY_MS / 1000} s: see ${logFile}`);
    await delay(20);
  }
};

/** Starts a nats-server with JetStream on loopback and waits until it greets. Throws `SetupError`. */
export const startNats = async (options: NatsOptions): Promise<NatsServer> => {
  const port = options.port ?? (await freePort());
  rmSync(portsFolder(options), { recursive: true, force: true });
  mkdirSync(portsFolder(options), { recursive: true, mode: 0o700 });
  const file = join(options.dataDir, 'nats.conf');
  writeFileSync(file, configuration(options, port), { mode: 0o600 });
  const log = openSync(options.logFile, 'a', 0o600);
  const spawned = spawn(options.binary, ['--config', file], {
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: process.env['PATH'] },
  });
  closeSync(log);
  const child = await adoptChild(spawned, { signal: 'SIGTERM', graceMs: 10_000 });
  const credentials = `${encodeURIComponent(options.user)}:${encodeURIComponent(options.password)}`;
  const server = { ...child, port, url: `nats://${credentials}@127.0.0.1:${port}` };
  try {
    await untilReady(server, options);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
};
