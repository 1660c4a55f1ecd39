import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Disk } from '../row.ts';

/** Makes the disk of a server slower. */
export interface SlowDisk {
  /** For the environment of the server. */
  readonly environmentOf: (disk: Disk) => Readonly<Record<string, string>>;
  readonly remove: () => void;
}

const MORE_US: Readonly<Record<Disk, number>> = { 'as is': 0, '+1 ms': 1_000, '+4 ms': 4_000 };
const COMPILERS = ['cc', 'gcc', 'clang'];

const compiles = (compiler: string, source: string, library: string): boolean => {
  try {
    execFileSync(compiler, ['-O2', '-shared', '-fPIC', '-o', library, source, '-ldl'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
};

/** Builds the library that waits; where that cannot be, says why. `source` is `slow-fsync.c`. */
export const buildSlowDisk = (source: string): SlowDisk | { readonly why: string } => {
  if (process.platform !== 'linux') return { why: 'a slower disk is made on Linux only' };
  const folder = mkdtempSync(join(tmpdir(), 'cordboard-slow-disk-'));
  // The server may run under a user of its own.
  chmodSync(folder, 0o755);
  const library = join(folder, 'slow-fsync.so');
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  if (!COMPILERS.some((compiler) => compiles(compiler, source, library))) {
    remove();
    return { why: `no C compiler (${COMPILERS.join(', ')}) that makes a slower disk` };
  }
  chmodSync(library, 0o755);
  return {
    environmentOf: (disk): Readonly<Record<string, string>> =>
      disk === 'as is' ? {} : { LD_PRELOAD: library, SLOW_FSYNC_US: String(MORE_US[disk]) },
    remove,
  };
};
