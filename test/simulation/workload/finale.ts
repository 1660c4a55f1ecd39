import { type Finale } from '../checker/check.ts';
import { snapshotIn, type Told } from '../checker/memory-equals-fold.ts';
import { type World } from '../world/world.ts';

const SILENT_MS = 1_500;
const ANSWER_MS = 3_000;
/** Rows that were stored before the silence are seen by then. */
const BEFORE_MS = 10;

/**
 * When everything is at rest: every publication is lost and something happens, so that only beacons tell of it; then
 * a new tab asks each owner for all that it knows.
 */
export const playFinale = async (world: World): Promise<Finale> => {
  const { scheduler, network, phones, agents, tabs } = world;
  network.fate = (subject) => (subject.includes('.evt.') && !subject.includes('.cti.') ? 'lost' : 'arrives');
  const silentSince = scheduler.now() + BEFORE_MS;
  await scheduler.runUntil(silentSince);
  phones.driver.apply({ kind: 'clear-calls' });
  for (const to of agents) phones.driver.apply({ kind: 'place-call', to, from: '+12025550199' });
  await scheduler.runUntil(scheduler.now() + SILENT_MS);
  network.fate = () => 'arrives';

  const told: Told[] = [];
  for (const [index] of agents.entries()) {
    const session = tabs[index]?.map((tab) => tab.session).find((held) => held !== null);
    const tab = tabs[index]?.[0];
    if (session === undefined || session === null || tab === undefined) continue;
    tab.askAll(session, (body) => {
      const snapshot = snapshotIn(body);
      if (snapshot !== null) told.push({ session, snapshot });
    });
  }
  await scheduler.runUntil(scheduler.now() + ANSWER_MS);
  return { silentSince, told };
};
