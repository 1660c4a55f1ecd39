import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { natsBinary } from './index.ts';

let folder = '';
let path: string | undefined;

const program = (name: string, script: string): string => {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cordboard-embedded-'));
  path = process.env['PATH'];
  process.env['PATH'] = folder;
});
afterEach(() => {
  process.env['PATH'] = path;
  rmSync(folder, { recursive: true });
});

describe('natsBinary', () => {
  it('takes the one on the PATH', async () => {
    const file = program('nats-server', 'echo "nats-server: v2.14.1"');
    expect(await natsBinary(join(folder, 'bin'))).toBe(file);
  });

  it('takes the one fetched before', async () => {
    mkdirSync(join(folder, 'bin'));
    const file = program('bin/nats-server', 'echo "nats-server: v2.9.10"');
    expect(await natsBinary(join(folder, 'bin'))).toBe(file);
  });

  it('refuses one that is too old', async () => {
    program('nats-server', 'echo "nats-server: v2.8.4"');
    await expect(natsBinary(join(folder, 'bin'))).rejects.toThrow('is older than 2.9');
  });

  it('says what to do when there is no way to get one', async () => {
    await expect(natsBinary(join(folder, 'bin'))).rejects.toThrow(
      /nats-server is missing: put it on the PATH/,
    );
  });

  it('says what to do on a machine with Homebrew, and installs nothing', async () => {
    program('brew', 'exit 1');
    await expect(natsBinary(join(folder, 'bin'))).rejects.toThrow('run "brew install nats-server"');
  });

  it('says why the package could not be fetched', async () => {
    program('apt-cache', 'exit 0');
    program('dpkg-deb', 'exit 0');
    program('apt-get', 'echo "E: Unable to locate package nats-server" >&2; exit 100');
    await expect(natsBinary(join(folder, 'bin'))).rejects.toThrow(
      /could not be fetched with apt-get \(E: Unable to locate package nats-server\)/,
    );
  });
});
