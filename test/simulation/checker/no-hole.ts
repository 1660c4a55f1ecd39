import { chainHash, type StoredEvent } from '@cordboard/event-store';
import { type World } from '../world/world.ts';
import { type Report } from './violation.ts';

const NOTHING = Buffer.alloc(32);

const checkStream = (session: string, rows: readonly StoredEvent[], report: Report): void => {
  let before: StoredEvent | undefined;
  let wire: number | null = null;
  for (const row of rows) {
    const place = `${session}/${String(row.seq)}`;
    if (row.seq !== (before?.seq ?? 0) + 1)
      report('no-hole', `${place} stands after ${String(before?.seq ?? 0)}`);
    else if (!chainHash(before?.hash ?? NOTHING, row).equals(row.hash))
      report('no-hole', `${place} breaks the chain`);
    if (row.at < (before?.at ?? 0)) report('no-hole', `${place} is older than the row before it`);
    if (row.name !== null) {
      if ((row.meta.previous ?? null) !== wire)
        report('no-hole', `${place} names the wrong wire row before it`);
      wire = row.seq;
    }
    before = row;
  }
};

/** Sequences, places in lanes and the chain have no hole and no double. */
export const noHole = ({ database: { log } }: World, report: Report): void => {
  for (const [session, rows] of log.streams) checkStream(session, rows, report);
  for (const { lane, rows } of log.lanes) {
    const wrong = rows.findIndex(({ wpos }, index) => wpos !== index + 1);
    if (wrong >= 0)
      report(
        'no-hole',
        `lane ${String(lane)} has place ${String(rows[wrong]?.wpos)} at ${String(wrong + 1)}`,
      );
  }
};
