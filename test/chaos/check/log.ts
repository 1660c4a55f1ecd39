import { verifyChain } from '@cordboard/audit-core';
import { type StoredEvent } from '@cordboard/event-store';
import { groupedBy, type Invariant, type Records, type Violation, violationOf } from './records.ts';

const rowsOf = ({ sessions }: Records): readonly StoredEvent[] => [...sessions.values()].flat();

const holesInSessions: Invariant = ({ sessions }) => {
  const violation = violationOf('seq and wpos have no hole');
  return [...sessions].flatMap(([session, rows]) => {
    const found: Violation[] = [];
    rows.forEach((row, index) => {
      if (row.seq !== index + 1) found.push(violation(session, row.seq, `sequence ${index + 1} is missing`));
    });
    const wire = rows.filter(({ name }) => name !== null);
    wire.forEach((row, index) => {
      const before = wire[index - 1]?.seq ?? null;
      if (row.meta.previous !== before)
        found.push(
          violation(
            session,
            row.seq,
            `previous is ${String(row.meta.previous)}, before it stands ${String(before)}`,
          ),
        );
    });
    const chain = verifyChain(rows);
    if (found.length === 0 && !chain.ok) found.push(violation(session, chain.error.seq, chain.error.reason));
    return found;
  });
};

const holesInLanes: Invariant = (records) => {
  const violation = violationOf('seq and wpos have no hole');
  return [...groupedBy(rowsOf(records), ({ lane }) => String(lane))].flatMap(([lane, rows]) =>
    [...rows]
      .sort((a, b) => a.wpos - b.wpos)
      .flatMap((row, index) =>
        row.wpos === index + 1
          ? []
          : [violation(row.sessionId, row.seq, `lane ${lane} has ${row.wpos} where ${index + 1} belongs`)],
      )
      .slice(0, 1),
  );
};

/** Sequences of sessions and places of lanes are whole, and so are chains. */
export const noHoles: Invariant = (records) => [...holesInSessions(records), ...holesInLanes(records)];

const CLAIM = 'OwnershipClaimed';

const epochsOfSession = (session: string, rows: readonly StoredEvent[]): readonly Violation[] => {
  const violation = violationOf('epochs never go back');
  return rows.slice(1).flatMap((row, index) => {
    const before = rows[index]?.epoch ?? 0;
    if (row.epoch < before) return [violation(session, row.seq, `epoch ${row.epoch} after ${before}`)];
    if (row.epoch > before && row.type !== CLAIM)
      return [violation(session, row.seq, `epoch ${row.epoch} begins without a claim`)];
    return [];
  });
};

/** Nor in the log, nor at the switch. */
export const epochsNeverGoBack: Invariant = ({ sessions, effects }) => {
  const violation = violationOf('epochs never go back');
  const inLog = [...sessions].flatMap(([session, rows]) => epochsOfSession(session, rows));
  const atSwitch = [
    ...groupedBy(effects, ({ target, incarnation }) => `${target.split('.')[0]} ${incarnation}`),
  ]
    .filter(([key]) => !key.startsWith('sim '))
    .flatMap(([key, done]) => {
      let highest = 0;
      return done.flatMap(({ epoch, requestId }) => {
        const back = epoch !== null && epoch < highest;
        highest = Math.max(highest, epoch ?? 0);
        return back
          ? [
              violation(
                key.split(' ')[0] ?? '',
                null,
                `${requestId} was done for epoch ${epoch} after ${highest}`,
              ),
            ]
          : [];
      });
    });
  return [...inLog, ...atSwitch];
};
