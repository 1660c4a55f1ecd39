import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Writes a file that only its owner reads, whole or not at all. */
export const writePrivateJson = (file: string, content: unknown): void => {
  const half = `${file}.${process.pid}`;
  writeFileSync(half, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(half, file);
};

/** The object that a file holds; null when it is missing or is not one. */
export const readJsonObject = (file: string): Readonly<Record<string, unknown>> | null => {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : null;
  } catch {
    return null;
  }
};
