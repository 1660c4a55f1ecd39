import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { leftovers, postgresUser, removeServerHome } from '@cordboard/embedded';
import { freePort } from '@cordboard/testing';
import { runCommand, type RunningCommand } from './running-command.ts';

const UP = 'Ctrl-C stops everything here.';
const AGENT = ['agent', '--id', '1001'];
let env: Readonly<Record<string, string>> = {};
let dataDir = '';
let started: RunningCommand[] = [];

const start = (...args: readonly string[]): RunningCommand => {
  const running = runCommand(env, ['start', ...args]);
  started.push(running);
  return running;
};

/** Runs a command to its end. */
const run = async (args: readonly string[], input: readonly string[] = []) => {
  const command = runCommand(env, args, input);
  return { code: await command.ended(), output: command.output() };
};

const processes = () => leftovers(join(dataDir, 'run'));

const pidOf = (name: string): number => {
  const { pid } = JSON.parse(readFileSync(join(dataDir, 'run', `${name}.pid.json`), 'utf8')) as {
    pid: number;
  };
  return pid;
};

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'cordboard-start-'));
  env = {
    CORDBOARD_DATA_DIR: dataDir,
    CORDBOARD_EDGE_PORT: String(await freePort()),
    CORDBOARD_SIMULATOR_PORT: String(await freePort()),
    CORDBOARD_CTI_PORT: String(await freePort()),
    // What the other tests have fetched already need not be fetched again.
    PATH: [process.env['PATH'] ?? '', join(process.cwd(), '.cordboard', 'bin')].join(delimiter),
  };
});
afterEach(async () => {
  for (const running of started) {
    running.signal('SIGTERM');
    await running.ended();
  }
  started = [];
  const left = processes();
  for (const { pid } of left) process.kill(pid, 'SIGKILL');
  expect(left).toEqual([]);
}, 60_000);
afterAll(() => {
  removeServerHome(dataDir, postgresUser());
  rmSync(dataDir, { recursive: true, force: true });
});

describe('cordboard start', () => {
  it('starts, restarts what dies, serves an agent, stops on Ctrl-C and keeps its state', async () => {
    const first = start('--fresh');
    await first.says(UP);
    expect(
      processes()
        .map(({ name }) => name)
        .sort(),
    ).toEqual([
      ...['cti-gateway', 'cti-simulator', 'edge', 'nats', 'postgres'],
      ...['session-1', 'session-2', 'supervisor'],
    ]);
    for (const name of ['runtime.json', 'secrets.json', 'keys/demo.key']) {
      expect(statSync(join(dataDir, name)).mode & 0o777).toBe(0o600);
    }

    process.kill(pidOf('session-2'), 'SIGKILL');
    await first.says('session-2 ended (SIGKILL); restarting in 0.2 s');
    await first.says('session-2 runs again');

    const agent = await run(AGENT, ['ready', 'wait 0.5', 'state', 'hold', 'quit']);
    expect(agent.output).toMatch(/channel \S+ ACTIVE 1001 TELEPHONY agent ready/);
    expect(agent.output).toContain('There is no conversation now.');
    expect(agent.code).toBe(0);

    first.signal('SIGINT');
    expect(await first.ended()).toBe(0);
    expect(first.output()).toContain('Stopped.');
    expect(processes()).toEqual([]);
    expect(await run(['sessions'])).toEqual({
      code: 1,
      output: 'Cordboard is not running here: run npm start first, or set CORDBOARD_DATABASE_URL.\n',
    });

    const second = start();
    await second.says(UP);
    const listed = await run(['sessions', '--json']);
    const { sessionId, agentId, events } = JSON.parse(listed.output) as Record<string, unknown>;
    expect(agentId).toBe('1001');
    const replay = await run(['replay', String(sessionId).slice(0, 13)]);
    expect(replay.output).toContain(`The chain of ${String(events)} events is whole`);
    const state = await run(['replay', String(sessionId), '--at', '1']);
    expect(JSON.parse(state.output)).toEqual(expect.any(Object));
    expect((await run(['replay', String(sessionId), '--at', '100000'])).code).toBe(1);
  }, 180_000);

  it('ends what a killed start left behind, refuses a second one, and begins anew when told to', async () => {
    const killed = start();
    await killed.says(UP);
    killed.signal('SIGKILL');
    await killed.ended();
    expect(processes().map(({ name }) => name)).toEqual(expect.arrayContaining(['nats', 'postgres']));

    const next = start('--fresh');
    await next.says(/ended \d processes that an earlier start left behind/);
    await next.says(UP);
    expect((await run(['sessions'])).output).toContain('No sessions yet');
    const other = await run(['start']);
    expect(other).toEqual({
      code: 1,
      output:
        'Cordboard runs from this folder already: use it, or stop it with Ctrl-C where it was started.\n',
    });
  }, 180_000);

  it('stops in the middle of a start', async () => {
    const running = start();
    await running.says('NATS');
    running.signal('SIGINT');
    expect(await running.ended()).toBe(0);
    expect(running.output()).not.toContain(UP);
  }, 60_000);

  it('says in one line that a port is in use', async () => {
    const server = createServer().listen(Number(env['CORDBOARD_EDGE_PORT']), '127.0.0.1');
    const { code, output } = await run(['start']);
    server.close();
    expect(code).toBe(1);
    expect(output).toMatch(/^Port \d+ is in use by another program: .*CORDBOARD_EDGE_PORT.*\n$/);
  });
});
