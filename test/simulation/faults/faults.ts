import { type Random } from '../world/random.ts';
import { type World } from '../world/world.ts';
import { type FaultKind, FAULTS, type Scene, type Weather } from './kinds.ts';

export type FaultCounts = Readonly<Partial<Record<FaultKind, number>>>;

export interface Faults {
  readonly counts: FaultCounts;
  /** No more of them; what was stopped goes on, what was lossy is sound again. */
  readonly stop: () => void;
}

const KINDS = Object.keys(FAULTS) as readonly FaultKind[];
const CALM: Weather = {
  lossOfEvents: 0,
  doubledEvents: 0,
  lossOfCommands: 0,
  answerLost: 0,
  neverDone: 0,
  refusedRows: 0,
};
/** From one fault to the next, on a bad day and on a good one. */
const PAUSES_MS = [400, 900, 2_000, 5_000];
const FIRST_MS = 3_000;
const OFTEN_MS = 600;

/** One run in ten is calm, three have one kind of fault, the others all kinds. */
const kindsOf = (random: Random): readonly FaultKind[] => {
  const day = random.next();
  if (day < 0.1) return [];
  return day < 0.4 ? [random.pick(KINDS)] : KINDS;
};

const applyWeather = ({ network, database }: World, weather: Weather, random: Random): void => {
  network.fate = (subject) => {
    if (subject.includes('.evt.') && !subject.includes('.cti.')) {
      if (random.chance(weather.lossOfEvents)) return 'lost';
      return random.chance(weather.doubledEvents) ? 'doubled' : 'arrives';
    }
    if (subject.includes('._sys.')) return random.chance(weather.lossOfEvents) ? 'lost' : 'arrives';
    const delivered = subject.includes('.cmd.') || subject.endsWith('.claim') || subject.includes('.evt.');
    return delivered && random.chance(weather.lossOfCommands) ? 'lost' : 'arrives';
  };
  database.fate = () => {
    if (random.chance(weather.answerLost)) return 'answer-lost';
    return random.chance(weather.neverDone) ? 'never-done' : 'done';
  };
  database.takes = () => !random.chance(weather.refusedRows);
};

/** Lets one fault follow the other until it is stopped; `only`: these alone, often. */
export const createFaults = (world: World, random: Random, only?: readonly FaultKind[]): Faults => {
  const { scheduler } = world;
  const counts: Partial<Record<FaultKind, number>> = {};
  const weather = { ...CALM };
  const drawn = kindsOf(random);
  const kinds = only ?? drawn;
  const pauseMs = only === undefined ? random.pick(PAUSES_MS) : OFTEN_MS;
  const ongoing = new Set<() => void>();
  let stopped = false;
  applyWeather(world, weather, random.fork('weather'));

  const later: Scene['later'] = (ms, task) => {
    const once = (): void => {
      if (ongoing.delete(once)) task();
    };
    ongoing.add(once);
    scheduler.at(scheduler.now() + ms, null, 'a fault ends', once);
  };
  const next = (ms: number): void =>
    void scheduler.at(scheduler.now() + random.next() * 2 * ms, null, 'fault', harm);
  const harm = (): void => {
    if (stopped) return;
    const kind = random.pick(kinds);
    if (FAULTS[kind]({ world, random, later, weather })) counts[kind] = (counts[kind] ?? 0) + 1;
    next(pauseMs);
  };
  if (kinds.length > 0) next(FIRST_MS);

  return {
    counts,
    stop: () => {
      stopped = true;
      for (const end of [...ongoing]) end();
    },
  };
};
