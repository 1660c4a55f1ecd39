import { callsOf } from '@cordboard/switch-sim';
import { type Random } from '../world/random.ts';
import { type World } from '../world/world.ts';

const PAUSE_MS = 900;

/** The public: calls agents and queues, answers when called, hangs up. */
export const createCallers = (
  { scheduler, phones: { driver }, agents }: World,
  random: Random,
): { readonly stop: () => void } => {
  let stopped = false;

  const act = (): void => {
    if (stopped) return;
    const calls = callsOf(driver.state);
    const call = calls.length > 0 && random.chance(0.5) ? random.pick(calls) : null;
    if (call === null || calls.length < 3) {
      const to = random.chance(0.7) ? random.pick(agents) : '7000';
      const number = random.between(100, 199);
      driver.apply({ kind: 'place-call', to, from: `+12025550${String(number)}`, name: 'Example Caller' });
    } else if (random.chance(0.6)) driver.apply({ kind: 'outside-answers', call: call.id });
    else driver.apply({ kind: 'outside-hangs-up', call: call.id });
    scheduler.at(scheduler.now() + random.next() * PAUSE_MS, null, 'caller', act);
  };
  scheduler.at(scheduler.now() + random.next() * PAUSE_MS, null, 'caller', act);
  return { stop: () => (stopped = true) };
};
