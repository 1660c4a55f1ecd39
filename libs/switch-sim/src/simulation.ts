import { ok } from '@cordboard/kernel';
import { switchDecider } from './decide.ts';
import { initialSwitch } from './house/initial-switch.ts';
import { agentOf, type Decision, openCallWork, openWorks } from './lookup.ts';
import { type Leg, type SwitchState, type Work } from './model.ts';
import { type SwitchEvent } from './switch-event.ts';
import { type SwitchInput } from './switch-input.ts';
import { nextTimerAt } from './timers.ts';

type Unstamped<Input> = Input extends unknown ? Omit<Input, 'at' | 'seed'> : never;
/** An input before it gets time and ids. */
export type Given = Unstamped<SwitchInput>;

const START = Date.UTC(2026, 0, 1);

const freeze = (value: unknown): void => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  Object.values(value).forEach(freeze);
};

/** A switch run by hand, with states frozen: time stands still until it is told to move. */
export interface Simulation {
  readonly run: (given: Given) => Decision;
  /** Moves the clock on, firing what is due at its time. */
  readonly wait: (ms: number) => readonly SwitchEvent[];
  /** Logs agents in and makes them ready at the phone, one after the other. */
  readonly ready: (...agents: readonly string[]) => void;
  readonly state: () => SwitchState;
  /** The call that an agent has not completed. */
  readonly work: (agent: string) => Work | undefined;
  /** Everything that an agent has not completed. */
  readonly works: (agent: string) => readonly Work[];
  readonly leg: (agent: string, slot?: 'primary' | 'consult') => Leg | null;
}

export const simulation = (state = initialSwitch()): Simulation => {
  let now = START;
  let count = 0;

  const run = (given: Given): Decision => {
    count += 1;
    const seed = `00000000-0000-7000-8000-${count.toString(16).padStart(8, '0')}0000`;
    freeze(state);
    const decided = switchDecider.decide(state, { ...given, at: now, seed });
    if (decided.ok) state = decided.value.reduce(switchDecider.evolve, state);
    return decided;
  };

  const wait = (ms: number): readonly SwitchEvent[] => {
    const events: SwitchEvent[] = [];
    const end = now + ms;
    for (let due = nextTimerAt(state, now); due !== null && due <= end; due = nextTimerAt(state, now)) {
      now = Math.max(now, due);
      const decided = run({ kind: 'tick' });
      events.push(...(decided.ok ? decided.value : []));
    }
    now = end;
    return events;
  };

  const work = (id: string): Work | undefined => {
    const agent = agentOf(state, id);
    return agent && openCallWork(agent);
  };

  return {
    run,
    wait,
    ready: (...agents) => {
      for (const agent of agents) {
        run({ kind: 'log-in', agent });
        run({ kind: 'activate', agent });
        run({ kind: 'ready', agent });
        now += 1;
      }
    },
    state: () => state,
    work,
    works: (id) => {
      const agent = agentOf(state, id);
      return agent === undefined ? [] : openWorks(agent);
    },
    leg: (agent, slot = 'primary') => work(agent)?.[slot] ?? null,
  };
};

/** What came of it, in words: who it happened to and what, or why it was refused. */
export const inWords = (decided: Decision | readonly SwitchEvent[]): readonly string[] => {
  const outcome = 'ok' in decided ? decided : ok(decided);
  if (!outcome.ok) return [`refused: ${outcome.error.message}`];
  return outcome.value.map((event) => ('agent' in event ? `${event.agent} ${event.type}` : event.type));
};
