import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning, type NodeApp, startNodeApp } from './index.ts';

let folder = '';
let lines: string[] = [];

const start = (script: string, readyMs?: number): Promise<NodeApp> => {
  const entry = join(folder, 'app.mjs');
  writeFileSync(entry, script);
  lines = [];
  return startNodeApp({ entry, env: { GIVEN: 'yes' }, onLine: (line) => lines.push(line), readyMs });
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cordboard-embedded-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const READY = `process.send({ ready: true, ports: { http: 8080, odd: 'text' } });`;

describe('startNodeApp', () => {
  it('is ready when the app says so, and stops it in order', async () => {
    const app = await start(`
      process.on('SIGTERM', () => process.exit(7));
      console.log(Object.keys(process.env).join());
      setInterval(() => 0, 1000);
      ${READY}`);
    expect(app.ports).toEqual({ http: 8080 });
    expect(isRunning(app)).toBe(true);
    await app.stop();
    expect(await app.exited).toEqual({ code: 7, signal: null });
    expect(lines.join()).toContain('GIVEN');
    expect(lines.join()).not.toContain('HOME');
  });

  it('says that the app ended before it was ready', async () => {
    await expect(start(`console.error('no database'); process.exit(3);`)).rejects.toThrow(
      'ended before it was ready (code 3)',
    );
    expect(lines).toEqual(['no database']);
  });

  it('ends an app that does not get ready in time', async () => {
    await expect(
      start(`process.send({ pid: process.pid }); setInterval(() => 0, 1000);`, 300),
    ).rejects.toThrow('not ready after 0.3 s');
  });
});
