import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Figures, figuresOf, microseconds } from '../figures.ts';

const PAGE = Buffer.alloc(8_192, 'x');
const TIMES = 100;

/** Milliseconds that a page written to the end of a file of this folder takes to be on the disk. */
export const flushTime = (folder: string): Figures => {
  const file = join(folder, `flush-time-${process.pid}`);
  const opened = openSync(file, 'w', 0o600);
  try {
    const taken = Array.from({ length: TIMES }, () => {
      writeSync(opened, PAGE);
      const since = microseconds();
      fdatasyncSync(opened);
      return (microseconds() - since) / 1_000;
    });
    return figuresOf(taken);
  } finally {
    closeSync(opened);
    rmSync(file, { force: true });
  }
};
