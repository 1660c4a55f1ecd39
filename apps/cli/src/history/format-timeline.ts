import { type ChainBreak, type TimelineRow, type VerifiedChain } from '@cordboard/audit-core';
import { type Result } from '@cordboard/kernel';
import { table } from './table.ts';

const HEADINGS = ['TIME', 'SEQ', 'OBJECT', 'WHAT', 'CAUSE'] as const;

const DAY_CHARS = 10;
const iso = (time: number): string => new Date(time).toISOString();

/** The days in the timeline stand above it, since each row gives the time of day alone. */
const dayOf = (rows: readonly TimelineRow[]): string => {
  const days = [rows[0], rows.at(-1)].flatMap((row) =>
    row === undefined ? [] : [iso(row.time).slice(0, DAY_CHARS)],
  );
  return [...new Set(days)].join(' to ');
};

const cells = ({ time, seq, object, what, cause }: TimelineRow): readonly string[] => [
  iso(time).slice(DAY_CHARS + 1, -1),
  String(seq),
  object,
  what,
  cause,
];

/** The timeline of `cordboard replay`; times in UTC. */
export const formatTimeline = (sessionId: string, rows: readonly TimelineRow[]): string =>
  `session ${sessionId}, ${dayOf(rows)} UTC\n\n${table([HEADINGS, ...rows.map(cells)])}`;

/** One line about whether the log of the session is whole and unchanged. */
export const formatChain = (chain: Result<VerifiedChain, ChainBreak>): string =>
  chain.ok
    ? `The chain of ${chain.value.events} events is whole: ${chain.value.hash.toString('hex').slice(0, 16)}`
    : `The chain is broken at sequence ${chain.error.seq}: ${chain.error.reason}`;
