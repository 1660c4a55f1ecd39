import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isPortTaken, isRunning, natsBinary, type NatsServer, startNats } from './index.ts';

let dataDir = '';
let running: NatsServer[] = [];

const start = async (port?: number): Promise<NatsServer> => {
  const binary = await natsBinary(join(process.cwd(), '.cordboard', 'bin'));
  const logFile = join(dataDir, 'nats.log');
  const server = await startNats({ binary, dataDir, logFile, user: 'spec', password: 'se"cret', port });
  running.push(server);
  return server;
};

/** What the server says to a client that signs in so. */
const signIn = (port: number, password: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('error', reject);
    socket.once('close', () => resolve(heard));
    socket.on('data', (bytes) => {
      heard += bytes.toString();
      if (heard.includes('PONG') || heard.includes('-ERR')) socket.end();
    });
    socket.write(`CONNECT ${JSON.stringify({ user: 'spec', pass: password, verbose: false })}\r\nPING\r\n`);
  });

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'cordboard-embedded-'));
});
afterEach(async () => {
  for (const server of running) await server.stop();
  running = [];
  rmSync(dataDir, { recursive: true });
});

describe('startNats', () => {
  it('serves with JetStream whoever knows the password', async () => {
    const { port } = await start();
    const heard = await signIn(port, 'se"cret');
    expect(heard).toContain('"jetstream":true');
    expect(heard).toContain('"max_payload":1048576');
    expect(heard).toContain('PONG');
    expect(await signIn(port, 'guess')).toContain('Authorization Violation');
    expect(statSync(join(dataDir, 'nats.conf')).mode & 0o777).toBe(0o600);
  });

  it('stops, and serves again on the same port', async () => {
    const first = await start();
    await first.stop();
    expect(isRunning(first)).toBe(false);
    expect(await isPortTaken(first.port)).toBe(false);
    const second = await start(first.port);
    expect(second.url).toBe(first.url);
    expect(await isPortTaken(first.port)).toBe(true);
  });

  it('says in one line that the port is taken', async () => {
    const { port } = await start();
    await expect(start(port)).rejects.toThrow(/nats-server ended at once.*address already in use/);
  });
});
