import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forTerminal } from './app-log-line.ts';
import { choosePort } from './ports.ts';
import { rollingLog } from './rolling-log.ts';
import { createRunningParts, type PartKind } from './running-parts.ts';
import { loadSecrets } from './secrets.ts';
import { createTerminal } from './terminal.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cordboard-spec-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('forTerminal', () => {
  it.each([
    ['{"level":"info","msg":"served"}', null],
    ['{"level":"warn","msg":"slow"}', 'warning: slow'],
    ['{"level":"error","msg":"lost","err":{"message":"ECONNREFUSED"}}', 'error: lost: ECONNREFUSED'],
    ['{"level":"warn","msg":"refused","why":"no token"}', 'warning: refused: no token'],
    ['Error: a crash', 'Error: a crash'],
    ['{"not json', '{"not json'],
    ['null', 'null'],
    ['  ', null],
  ])('%s', (line, shown) => {
    expect(forTerminal(line)).toBe(shown);
  });
});

describe('rollingLog', () => {
  it('keeps at most two files of its size', () => {
    const file = join(folder, 'app.log');
    const log = rollingLog(file, 100);
    for (let count = 0; count < 100; count += 1) log(`line ${count}`);
    expect(statSync(file).size).toBeLessThan(120);
    expect(statSync(`${file}.1`).size).toBeLessThan(120);
    expect(readFileSync(file, 'utf8')).toContain('line 99');
  });

  it('loses lines, and nothing else, when the folder is gone', () => {
    expect(() => rollingLog(join(folder, 'absent', 'app.log'))('line')).not.toThrow();
  });
});

describe('loadSecrets', () => {
  it('makes them once, for the owner alone, and keeps them', () => {
    const file = join(folder, 'secrets.json');
    const first = loadSecrets(file);
    expect(loadSecrets(file)).toEqual(first);
    expect(new Set(Object.values(first)).size).toBe(5);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

describe('createTerminal', () => {
  const written = () => {
    let text = '';
    let now = 0;
    const terminal = createTerminal(
      (part) => (text += part),
      () => (now += 700),
    );
    return { terminal, text: () => text };
  };

  it('tells a step at once and how long it took', async () => {
    const { terminal, text } = written();
    await terminal.step('Postgres', async () => expect(text()).toBe('  Postgres'));
    expect(text()).toBe('  Postgres 0.7 s\n');
  });

  it('keeps lines whole when something is said meanwhile', async () => {
    const { terminal, text } = written();
    await terminal.step('edge', async () => terminal.say('edge | warning: slow'));
    expect(text()).toBe('  edge\nedge | warning: slow\n  edge 0.7 s\n');
  });

  it('says that a step failed', async () => {
    const { terminal, text } = written();
    await expect(terminal.step('NATS', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(text()).toBe('  NATS failed after 0.7 s\n');
  });
});

describe('choosePort', () => {
  afterEach(() => delete process.env['CORDBOARD_EDGE_PORT']);

  it.each(['http', '-1', '65536', '80.5'])('refuses %s with the name of the variable', async (text) => {
    process.env['CORDBOARD_EDGE_PORT'] = text;
    await expect(choosePort('CORDBOARD_EDGE_PORT', 8080)).rejects.toThrow('CORDBOARD_EDGE_PORT');
  });
});

describe('createRunningParts', () => {
  it('stops apps before servers, whatever came first, and restarts nothing meanwhile', async () => {
    const order: string[] = [];
    const parts = createRunningParts();
    const begun: readonly PartKind[] = [
      'postgres',
      'nats',
      'session',
      'cti-gateway',
      'cti-simulator',
      'edge',
    ];
    for (const kind of begun) {
      const first = { exited: Promise.resolve({ code: 0, signal: null }), stop: async () => undefined };
      parts.add(kind, {
        first,
        halt: () => order.push('halt'),
        stop: async () => {
          order.push(kind);
        },
      });
    }
    await parts.stop();
    expect(order.slice(0, 6)).toEqual(Array.from({ length: 6 }, () => 'halt'));
    expect(order.slice(6)).toEqual(['edge', 'session', 'cti-simulator', 'cti-gateway', 'nats', 'postgres']);
  });
});
