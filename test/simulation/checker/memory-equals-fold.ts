import { recoveryEvents, type SessionState } from '@cordboard/domain';
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

const wireText = (state: SessionState): string =>
  JSON.stringify(
    recoveryEvents(state).map((event) => {
      const { target, name, data } = toRecord(event, state);
      return { messageType: 'objectEvent', target, name, data };
    }),
  );

/** What owners told of their sessions is what the log says, folded up to some row between that wire row and the next. */
export const memoryEqualsFold = (world: World, told: readonly Told[], report: Report): void => {
  for (const { session, snapshot } of told) {
    const sequence = Number(snapshot.sequence);
    const folded = foldStream(world.database, session);
    const next = folded.findIndex(({ row }) => row.name !== null && row.seq > sequence);
    const upTo = next < 0 ? folded : folded.slice(0, next);
    const states = upTo.filter(({ row }) => row.seq >= sequence).map(({ state }) => state);
    const events = JSON.stringify(snapshot.events);
    if (states.length > 0 && !states.reverse().some((state) => wireText(state) === events))
      report('memory-equals-fold', `the owner of ${session} tells something else than the log`);
  }
};

export const snapshotIn = ({ data }: JsonObject): JsonObject | null =>
  isJsonObject(data) && isJsonObject(data.snapshot) ? data.snapshot : null;
