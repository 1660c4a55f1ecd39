import { type ClientLog } from './load/client-log.ts';

/** A command that took long, from its first sending to its first decided answer. */
export interface Slow {
  readonly command: string;
  readonly id: string;
  readonly ms: number;
  /** When it was sent, in ms since the epoch. */
  readonly at: number;
  readonly result: string;
}

const NOT_NOW = ['SERVICE_UNAVAILABLE', 'TOO_MANY_REQUESTS'];

const timesOf = ({ entries }: ClientLog): readonly Slow[] => {
  const sent = new Map<string, number>();
  const slow = new Map<string, Slow>();
  for (const entry of entries) {
    if (entry.kind === 'sent' && !sent.has(entry.id)) sent.set(entry.id, entry.at);
    if (entry.kind !== 'answer' || slow.has(entry.id) || NOT_NOW.includes(entry.code ?? '')) continue;
    const { id, command, result, code } = entry;
    const at = sent.get(id) ?? entry.at;
    slow.set(id, { command, id, at, ms: entry.at - at, result: code ?? result });
  }
  return [...slow.values()];
};

/** The commands that took longest, the longest first. */
export const slowest = (clients: readonly ClientLog[], count: number): readonly Slow[] =>
  clients
    .flatMap(timesOf)
    .sort((a, b) => b.ms - a.ms)
    .slice(0, count);
