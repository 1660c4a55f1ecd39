import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify, isRunning, leftovers, rememberProcess, takePlace } from './index.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cordboard-embedded-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const self = identify(process.pid);
const startedAt = self?.startedAt ?? '';

describe('identity', () => {
  it('knows a process by its start time, not by its id alone', () => {
    expect(isRunning({ pid: process.pid, startedAt })).toBe(true);
    expect(isRunning({ pid: process.pid, startedAt: `${startedAt}0` })).toBe(false);
  });

  it('is null for a process that does not run', () => {
    expect(identify(2 ** 30)).toBeNull();
  });
});

describe('leftovers', () => {
  it('finds what runs and forgets what does not, another process with the same id included', () => {
    rememberProcess(folder, 'alive', { pid: process.pid, startedAt });
    rememberProcess(folder, 'replaced', { pid: process.pid, startedAt: 'earlier' });
    rememberProcess(folder, 'gone', { pid: 2 ** 30, startedAt });
    writeFileSync(join(folder, 'damaged.pid.json'), '{');
    writeFileSync(join(folder, 'other.txt'), '');
    expect(leftovers(folder)).toEqual([{ name: 'alive', pid: process.pid, startedAt }]);
    expect(readdirSync(folder).sort()).toEqual(['alive.pid.json', 'other.txt']);
  });
});

describe('takePlace', () => {
  it('is taken once', () => {
    expect(takePlace(folder, 'supervisor')).toBe(true);
    expect(takePlace(folder, 'supervisor')).toBe(false);
  });

  it.each(['{"pid":1073741824,"startedAt":"x"}', '{', ''])(
    'is taken over from a dead holder: %s',
    (content) => {
      writeFileSync(join(folder, 'supervisor.pid.json'), content);
      expect(takePlace(folder, 'supervisor')).toBe(true);
    },
  );
});
