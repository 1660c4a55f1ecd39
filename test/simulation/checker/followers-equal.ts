import { type StoredEvent } from '@cordboard/event-store';
import { type Stretch } from '../world/records.ts';
import { type World } from '../world/world.ts';
import { type Report } from './violation.ts';

/** A lost last publication is noticed within this time, and a little for the way (design K12). */
const NOTICED_MS = 500 + 60;

const checkStretch = (
  { storedAt }: World['database'],
  stretch: Stretch,
  rows: readonly StoredEvent[],
  report: Report,
): void => {
  const { agent, session, from, frames, liveAt } = stretch;
  const wire = rows.filter(({ seq, name }) => name !== null && seq > from);
  const wrong = frames.findIndex(
    ({ sequence, name, target }, index) =>
      wire[index]?.seq !== sequence || wire[index].name !== name || wire[index].target !== target,
  );
  const who = `the browser of ${agent} in ${session} from ${String(from)} on`;
  if (wrong >= 0) {
    const expected = wire[wrong];
    report(
      'followers-equal',
      `${who} got ${String(frames[wrong]?.sequence)} where the log has ${String(expected?.seq)} (${String(wrong)} before it)`,
    );
    return;
  }
  const due = wire.filter(({ seq }) => (storedAt.get(`${session}/${String(seq)}`)?.at ?? 0) <= (liveAt ?? 0));
  if (frames.length < due.length)
    report('followers-equal', `${who} lacks the last ${String(due.length - frames.length)}`);
};

/** Browsers have the wire rows without a hole, followers of the log all rows, each once and in its session's order. */
export const followersEqual = ({ clients, database, seen, scheduler }: World, report: Report): void => {
  const { streams } = database.log;
  const dueBefore = scheduler.now() - NOTICED_MS;
  for (const stretch of clients.stretches) {
    checkStretch(database, stretch, streams.get(stretch.session) ?? [], report);
  }
  for (const wrong of seen.wrong) report('followers-equal', `the follower: ${wrong}`);
  const given = new Map(seen.rows.map((row) => [`${row.session}/${String(row.seq)}`, row]));
  for (const [session, rows] of streams) {
    const last =
      rows.findLast(({ seq }) => (database.storedAt.get(`${session}/${String(seq)}`)?.at ?? 0) < dueBefore)
        ?.seq ?? 0;
    const got = seen.last.get(session) ?? 0;
    if (got < last)
      report('followers-equal', `the follower has ${String(got)} of ${String(last)} of ${session}`);
    for (const { seq, hash } of rows) {
      const row = given.get(`${session}/${String(seq)}`);
      if (row !== undefined && row.hash !== hash.toString('hex')) {
        report('followers-equal', `the follower has another row ${session}/${String(seq)}`);
      }
    }
  }
};

/** After the step of the world at which all publications were lost: what was stored since, and when it was seen. */
export const noticedInTime = ({ database, seen }: World, since: number, report: Report): void => {
  for (const { session, seq, at } of seen.rows) {
    const storedAt = database.storedAt.get(`${session}/${String(seq)}`);
    if (storedAt === undefined || storedAt.at < since) continue;
    const tookMs = at - storedAt.at;
    if (tookMs > NOTICED_MS)
      report('followers-equal', `the follower saw ${session}/${String(seq)} after ${tookMs.toFixed(0)} ms`);
  }
};
