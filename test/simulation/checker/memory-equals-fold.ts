import { recoveryEvents } from '@cordboard/domain';
import { isJsonObject, type JsonObject } from '@cordboard/kernel';
import { toRecord } from '@cordboard/translation';
import { type World } from '../world/world.ts';
import { foldStream } from './history.ts';
import { type Report } from './violation.ts';

/** What an owner answered when it was asked for everything it knows. */
export interface Told {
  readonly session: string;
  readonly snapshot: JsonObject;
}

/** What owners told of their sessions when all was over is what the log says, folded. */
export const memoryEqualsFold = (world: World, told: readonly Told[], report: Report): void => {
  for (const { session, snapshot } of told) {
    const { sequence, events } = snapshot;
    const folded = foldStream(world.database, session).filter(
      ({ row }) => row.name === null || row.seq <= Number(sequence),
    );
    const state = folded.at(-1)?.state;
    if (state === undefined) continue;
    const expected = recoveryEvents(state).map((event) => {
      const { target, name, data } = toRecord(event, state);
      return { messageType: 'objectEvent', target, name, data };
    });
    const same = JSON.stringify(JSON.parse(JSON.stringify(expected))) === JSON.stringify(events);
    if (!same) report('memory-equals-fold', `the owner of ${session} tells something else than the log`);
  }
};

export const snapshotIn = ({ data }: JsonObject): JsonObject | null =>
  isJsonObject(data) && isJsonObject(data.snapshot) ? data.snapshot : null;
