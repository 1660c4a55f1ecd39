import { type World } from '../world/world.ts';
import { type Report } from './violation.ts';

/** An owner's number never goes back, each has one owner, and only that owner wrote under it. */
export const epochsRise = ({ database: { log } }: World, report: Report): void => {
  const openers = new Map(log.lanes.map(({ lane, openedBy }) => [lane, openedBy]));
  for (const [session, rows] of log.streams) {
    let epoch = 0;
    let owner: unknown = null;
    for (const row of rows) {
      const place = `${session}/${String(row.seq)}`;
      if (row.type === 'OwnershipClaimed') {
        if (row.epoch <= epoch && row.seq > 2)
          report('epochs-rise', `${place} claims epoch ${String(row.epoch)} again`);
        owner = row.data.worker;
      } else if (row.epoch !== epoch && row.seq > 1) {
        report('epochs-rise', `${place} is of epoch ${String(row.epoch)} in ${String(epoch)}`);
      }
      epoch = Math.max(epoch, row.epoch);
      if (owner !== null && openers.get(row.lane) !== owner) {
        report(
          'epochs-rise',
          `${place} was written by ${String(openers.get(row.lane))}, the owner is ${JSON.stringify(owner)}`,
        );
      }
    }
  }
};
