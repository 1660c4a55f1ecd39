import { isPassive } from '@cordboard/domain';
import { type World } from '../world/world.ts';
import { foldStream } from './history.ts';
import { type Report } from './violation.ts';

const isOpen = ({ database }: World, session: string): boolean =>
  [...database.log.open.values()].some(({ sessionId }) => sessionId === session);

/** Every command has its answer, every session that is not put away its one owner. */
export const nothingWaits = (world: World, report: Report): void => {
  const { clients, database, workers } = world;
  for (const { command, requestId, target, answers } of clients.asked.values()) {
    const ofSession = command !== 'prepareSession' && command !== 'bindSession';
    const session = target.split('.')[0] ?? '';
    if (ofSession && answers.length === 0 && isOpen(world, session)) {
      report('nothing-waits', `${command} ${requestId} has no answer`);
    }
  }
  const open = [...database.log.open.values()].map(({ sessionId }) => sessionId);
  const states = open.map((session) => foldStream(database, session).at(-1)?.state);
  const active = states.filter((state) => state !== undefined && !isPassive(state)).length;
  const owned = workers.reduce((sum, { running }) => sum + (running?.worker.owned() ?? 0), 0);
  if (owned < active)
    report('nothing-waits', `${String(active - owned)} of ${String(active)} sessions have no owner`);
  if (owned > open.length)
    report('nothing-waits', `${String(owned)} owners of ${String(open.length)} sessions`);
};
