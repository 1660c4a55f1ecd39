import { setTimeout as delay } from 'node:timers/promises';
import { type Bus, type BusMessage, connectNats, HEADERS, type Subject, subjects } from '@cordboard/bus';
import { parseTarget } from '@cordboard/kernel';
import { type Random } from '../../e2e/support/random.ts';
import { type Town } from '../town/town.ts';
import { type Fault, type Scene } from './fault.ts';

const asBystander = async <T>(town: Town, act: (bus: Bus) => Promise<T>): Promise<T> => {
  const bus = await connectNats({ url: town.nats.url, name: 'bystander' });
  try {
    return await act(bus);
  } finally {
    await bus.drain();
  }
};

const shuffled = <T>(items: readonly T[], random: Random): readonly T[] =>
  items
    .map((item) => ({ item, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

/** What was published is published again, twice and in any order. */
const replayed = ({ town, load, random, patience }: Scene): Promise<void> =>
  asBystander(town, async (bus) => {
    const heard: BusMessage[] = [];
    let echoing = false;
    for (const { log } of load.desks)
      bus.subscribe(subjects.eventsOf('demo', log.session), (message) => {
        if (!echoing) heard.push(message);
      });
    await bus.flush();
    await delay(1_500 * patience);
    echoing = true;
    for (const { subject, body, headers } of shuffled([...heard, ...heard], random)) {
      bus.publish(subject as Subject, body, headers);
      if (random.next() < 0.1) await delay(1);
    }
    await bus.flush();
  });

/** Somebody believes that the owner is gone and asks for a claim, of sessions whose owner lives. */
const claimed = ({ town, load, random }: Scene): Promise<void> =>
  asBystander(town, async (bus) => {
    const asked = shuffled(load.desks, random).map(({ log: { session } }, index) => {
      const target = parseTarget('session', session);
      if (!target.ok) throw new Error(`${session} is no session`);
      const requestId = `claim-${Date.now()}-${index}`;
      const body = JSON.stringify({
        command: 'session.query.notreadyreasons',
        target: session,
        data: {},
        requestId,
      });
      const wanted = subjects.command('demo', target.value, 'session.query.notreadyreasons');
      return bus.request(subjects.claim('demo'), body, {
        timeoutMs: 2_000,
        headers: { [HEADERS.for]: wanted },
      });
    });
    await Promise.all(asked);
  });

export const MESSAGE_FAULTS: readonly Fault[] = [
  { name: 'doubled-reordered', about: 'publications come twice more, in any order', strike: replayed },
  { name: 'two-owners', about: 'claims of sessions whose owners live', strike: claimed },
];
