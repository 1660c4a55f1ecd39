import { readFileSync } from 'node:fs';

/** The last lines of a log, on one line, for a message about a server that did not start. */
export const tailOf = (file: string, lines = 3): string => {
  try {
    return readFileSync(file, 'utf8').trim().split('\n').slice(-lines).join(' | ').slice(-600);
  } catch {
    return 'it wrote no log';
  }
};
