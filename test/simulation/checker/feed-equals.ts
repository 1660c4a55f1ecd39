import { HEADERS } from '@cordboard/bus';
import { type World } from '../world/world.ts';
import { type Report } from './violation.ts';

/** The feed may be so far behind. */
const LAG_MS = 2_500;

/** The durable feed holds every row once, in the order of its session. */
export const feedEquals = ({ feed, database, scheduler }: World, report: Report): void => {
  const last = new Map<string, number>();
  for (const { headers } of feed.stored) {
    const [session = '', number] = (headers[HEADERS.messageId] ?? '').split(':');
    const before = last.get(session) ?? 0;
    if (Number(number) !== before + 1) {
      report('followers-equal', `the feed has ${session}/${String(number)} after ${String(before)}`);
    }
    last.set(session, Number(number));
  }
  const dueBefore = scheduler.now() - LAG_MS;
  for (const [session, rows] of database.log.streams) {
    const due = rows.findLast(
      ({ seq }) => (database.storedAt.get(`${session}/${String(seq)}`)?.at ?? 0) < dueBefore,
    );
    const got = last.get(session) ?? 0;
    if (due !== undefined && got < due.seq) {
      report('followers-equal', `the feed has ${String(got)} of ${String(due.seq)} of ${session}`);
    }
  }
};
