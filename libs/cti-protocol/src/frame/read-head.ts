import { type CtiHeader } from '../message.ts';
import { readHeader } from '../parse-message.ts';

/** A header that comes first in a message and has nothing nested in it, as every header of the protocol. */
const FIRST = /^\s*\{\s*"header"\s*:\s*(\{(?:[^{}"]|"(?:[^"\\]|\\.)*")*\})/su;

/** The header in the beginning of a message that was too large to be read, or null where none can be found. */
export const readHead = (head: string): CtiHeader | null => {
  const found = FIRST.exec(head)?.[1];
  if (found === undefined) return null;
  try {
    const header = readHeader(JSON.parse(found));
    return header.ok ? header.value : null;
  } catch {
    return null;
  }
};
