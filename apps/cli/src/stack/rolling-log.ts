import { appendFileSync, renameSync, rmSync, statSync } from 'node:fs';

const MAX_BYTES = 16 * 1024 * 1024;

const sizeOf = (file: string): number => {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
};

/** Keeps a log bounded: a full one takes the place of the one before it. */
export const rollLog = (file: string, maxBytes = MAX_BYTES): void => {
  if (sizeOf(file) < maxBytes) return;
  rmSync(`${file}.1`, { force: true });
  renameSync(file, `${file}.1`);
};

/** Appends lines to a log of at most twice `maxBytes`, the older half in `<file>.1`. A full disk loses lines only. */
export const rollingLog = (file: string, maxBytes = MAX_BYTES): ((line: string) => void) => {
  let bytes = sizeOf(file);
  return (line) => {
    const text = `${line}\n`;
    try {
      if (bytes >= maxBytes) {
        rollLog(file, maxBytes);
        bytes = 0;
      }
      appendFileSync(file, text, { mode: 0o600 });
      bytes += Buffer.byteLength(text);
    } catch {
      return;
    }
  };
};
