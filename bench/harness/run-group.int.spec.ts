import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Group } from './context.ts';
import { type Runner, runGroup } from './run-group.ts';

// What the process of a group may do to the run; here it is a few lines instead of a bench.

const row = { id: 'a', title: 'of a', unit: 'x', better: 'higher' as const };
const found = { ...row, figures: { median: 1, low: 1, high: 1, count: 1 } };
const FOUND = `tell({ kind: 'found', found: { rows: [${JSON.stringify(found)}] } });`;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cordboard-bench-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const group: Group = {
  name: 'one',
  says: 'of the spec',
  run: () => Promise.reject(new Error('it is run by a process of its own')),
  rows: [row, { ...row, id: 'b' }],
};

const runnerOf = (does: string, more: Partial<Runner> = {}): Runner => {
  const program = join(folder, 'program.mjs');
  writeFileSync(
    program,
    `process.once('message', () => { const tell = (report, then) => process.send(report, then); const end = () => process.exit(); ${does} });`,
  );
  const place = { dataDir: '', port: 0, adminUrl: '', version: '', password: '', environments: {} };
  const settings = { mode: 'quick', rounds: 1, roundMs: 1, sessions: [1], disks: ['as is'] } as const;
  return {
    program,
    order: {
      settings,
      place: { ...place, ownerPassword: '', applicationPassword: '' },
      runFolder: join(folder, 'group'),
    },
    absent: {},
    leftS: 60,
    progress: () => undefined,
    signal: new AbortController().signal,
    ...more,
  };
};

describe('runGroup', () => {
  it.each([
    [
      'gives what it found',
      `${FOUND} tell({ kind: 'progress', text: 'over' }, end);`,
      null,
      'only in the full run',
    ],
    ['says why it failed', `${FOUND} tell({ kind: 'failed', why: 'broken' }, end);`, 'broken', 'broken'],
    [
      'says that it crashed',
      `${FOUND} setTimeout(() => process.exit(3), 50);`,
      'its process ended with code 3',
      'its process ended with code 3',
    ],
  ])('%s', async (_, does, failure, why) => {
    const run = await runGroup(runnerOf(does), group);
    expect(run).toMatchObject({ failure, rows: [found, { id: 'b', figures: null, why }] });
    expect(existsSync(join(folder, 'group'))).toBe(false);
  });

  it('ends it when its time is over, and keeps what it gave', async () => {
    const slow = { ...group, budgetS: { quick: 1, full: 1, long: 1 } };
    const run = await runGroup(runnerOf(`${FOUND} setInterval(() => undefined, 1000);`), slow);
    expect(run).toMatchObject({ failure: 'took longer than its 1 s', rows: [found, { id: 'b' }] });
  });

  it('ends it when all is stopped', async () => {
    const controller = new AbortController();
    const more = { signal: controller.signal, progress: () => controller.abort() };
    const does = `tell({ kind: 'progress', text: 'here' }); setInterval(() => undefined, 1000);`;
    expect(await runGroup(runnerOf(does, more), group)).toMatchObject({ failure: 'stopped' });
  });
});
