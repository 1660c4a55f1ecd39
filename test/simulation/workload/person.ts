import { isJsonObject, type JsonObject } from '@cordboard/kernel';
import { type Browser } from '../world/browser.ts';
import { type Random } from '../world/random.ts';
import { type Scheduler } from '../world/scheduler.ts';
import { hopelessWish, nextWish } from './commands.ts';

export interface PersonPorts {
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** Two tabs, of which one has the session. */
  readonly tabs: readonly [Browser, Browser];
  /** Takes one of the commands that the run has left; false when there is none. */
  readonly spend: () => boolean;
}

/** An agent at work: prepares, binds, starts, then one command after the other. */
export interface Person {
  readonly begin: () => void;
  /** Answers are still to come. */
  readonly waiting: () => number;
}

const THINK_MS = 120;
const PATIENCE_MS = 400;
const MAX_WAITING = 4;
/** The lid of the computer stays closed for so long at most. */
const BREAK_MS = 8_000;

const sessionIn = ({ data }: JsonObject): string | null => {
  const session = isJsonObject(data) && isJsonObject(data.session) ? data.session : {};
  return typeof session.id === 'string' ? session.id : null;
};

export const createPerson = ({ scheduler, random, tabs, spend }: PersonPorts): Person => {
  let tab: Browser = tabs[0];
  let waiting = 0;
  let starting = false;

  const soon = (ms: number): void =>
    void scheduler.at(scheduler.now() + random.next() * ms, null, 'agent', act);

  const ask = (command: string, target: string, data: JsonObject, times: number): void => {
    if (!spend()) return;
    waiting += 1;
    tab.command(command, target, data, times, () => (waiting -= 1));
  };

  const prepare = (): void => {
    if (!spend()) return;
    waiting += 1;
    tab.open();
    tab.prepare(random.chance(0.15), (body) => {
      waiting -= 1;
      const session = sessionIn(body);
      if (session !== null) tab.hold(session, true);
      soon(PATIENCE_MS);
    });
  };

  /** The agent goes on in the other tab, with what was not answered in this one. */
  const moveOver = (): void => {
    const { session } = tab;
    const other = tab === tabs[0] ? tabs[1] : tabs[0];
    if (session === null) return;
    tab.handOver(other);
    tab = other;
    other.hold(session, true);
  };

  const start = (session: string): void => {
    starting = true;
    if (!spend()) return;
    waiting += 1;
    const times = random.between(1, 3);
    tab.command('session.start', session, {}, times, () => {
      waiting -= 1;
      starting = false;
    });
  };

  const work = (session: string): void => {
    if (tab.view.size === 0) return starting ? undefined : start(session);
    if (random.chance(0.02)) return ask('session.request.logout', session, {}, 1);
    const wish = random.chance(0.02) ? hopelessWish(session) : nextWish(tab.view, random);
    if (wish === null) return;
    ask(wish.command, wish.target, wish.data, random.chance(0.4) ? random.between(2, 5) : 1);
  };

  const act = (): void => {
    const { session } = tab;
    if (session === null) {
      starting = false;
      return prepare();
    }
    if (tab.isOut) tab.hold(session, true);
    else if (random.chance(0.01)) moveOver();
    else if (random.chance(0.02)) tab.lose(random.chance(0.4) ? random.next() * BREAK_MS : 0);
    else if (tab.isBound && waiting < MAX_WAITING) work(session);
    soon(tab.isBound ? THINK_MS : PATIENCE_MS);
  };

  return { begin: () => soon(PATIENCE_MS), waiting: () => waiting };
};
