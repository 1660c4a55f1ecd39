import {
  createMemoryFeed,
  createMemoryNetwork,
  type Feed,
  HEADERS,
  parseSubject,
  publishBeacon,
} from '@cordboard/bus';
import { createMemoryStore, createVault, emptyLog, openingHead, type Draft } from '@cordboard/event-store';
import { type Clock, type JsonObject } from '@cordboard/kernel';
import { sequentialIds, virtualClock } from '@cordboard/testing';
import { createFeeder, type Feeder } from './feeder.ts';

const turn = async (): Promise<void> => {
  for (let n = 0; n < 20; n += 1) await new Promise(setImmediate);
};

const initialized: Partial<Draft> = {
  type: 'SessionInitialized',
  name: 'session.initialized',
  data: { agent: { name: 'Example Agent' } },
  personal: ['agent.name'],
};

/** Workers over one log that fill one feed. */
const world = () => {
  const clock = virtualClock();
  const network = createMemoryNetwork();
  const log = emptyLog();
  const feed = createMemoryFeed();
  const vault = createVault({ tenantKeys: () => Buffer.alloc(32, 7) });
  const ids = sequentialIds();
  const store = createMemoryStore({ now: clock.now, log, workerId: 'writer' });
  const bus = network.connect({ clock });
  const warnings: string[] = [];
  const counts = { feed_published: 0 } as Record<string, number>;
  const levels: number[] = [];
  const said: Record<string, string[]> = {};

  const hire = (
    id: string,
    with_: { readonly clock?: Clock; readonly feed?: Feed; readonly isTakingOver?: () => boolean } = {},
  ): Feeder => {
    const attempts = (said[id] = [] as string[]);
    const { feed: given = feed } = with_;
    const feeder = createFeeder(
      {
        store: createMemoryStore({ now: clock.now, log, workerId: id }),
        bus: network.connect({ clock }),
        clock,
        isTakingOver: with_.isTakingOver ?? (() => false),
        feed: {
          ensure: given.ensure,
          publish: (subject, body, headers) => {
            attempts.push(headers[HEADERS.messageId] ?? '');
            return given.publish(subject, body, headers);
          },
        },
        log: {
          debug: () => undefined,
          info: () => undefined,
          warn: (text) => warnings.push(text),
          error: (text) => warnings.push(text),
        },
        metrics: {
          count: (name, by = 1) => (counts[name] = (counts[name] ?? 0) + by),
          owned: () => undefined,
          level: (_name, value) => levels.push(value),
        },
        ...(with_.clock === undefined ? {} : { clock: with_.clock }),
      },
      id,
    );
    feeder.start();
    return feeder;
  };

  const session = () => {
    const sessionId = ids.next(clock.now());
    const keyring = vault.keyring(sessionId, 'demo', []);
    let head = { ...openingHead(sessionId, 'demo'), epoch: 1 };
    const write = async (...drafts: readonly Partial<Draft>[]): Promise<void> => {
      const made = drafts.map((change) => {
        const actor = { kind: 'agent', id: '1001' } as const;
        const meta = { actor, causation: 'command:1', correlation: '1' };
        const common = { name: null, data: {}, personal: [], scope: 'x', subjects: [], meta };
        const at = clock.now();
        const recorded = keyring.record(head, {
          ...{ type: 'SessionStarted', version: 1, target: sessionId, at, ...common },
          ...change,
        });
        head = recorded.head;
        return recorded;
      });
      const records = made.map(({ record }) => record);
      await store.append({ sessionId, records, keys: made.flatMap(({ keys }) => keys), subjects: [] });
    };
    return { sessionId, write };
  };

  const tell = async (): Promise<void> => {
    const mark = store.lane();
    if (mark !== null) publishBeacon(bus, { ...mark, worker: 'writer', leaving: false });
    await turn();
  };
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 500) {
      clock.advance(Math.min(500, left));
      await turn();
    }
  };
  const fed = (): readonly string[] => feed.stored.map(({ headers }) => headers[HEADERS.messageId] ?? '');
  return { clock, log, feed, store, hire, session, tell, pass, fed, warnings, counts, levels, said };
};

/** `S:1`, `S:2` and so on. */
const upTo = (session: string, last: number): readonly string[] =>
  Array.from({ length: last }, (_, index) => `${session}:${index + 1}`);

describe('the feeder', () => {
  it('waits while sessions are taken over, but not for ever', async () => {
    const { hire, session, tell, pass, fed } = world();
    const { sessionId, write } = session();
    let isTakingOver = true;
    await write({});
    const feeder = hire('w1', { isTakingOver: () => isTakingOver });
    await pass(5_000);
    expect(fed()).toEqual([]);
    isTakingOver = false;
    await pass(500);
    expect(fed()).toEqual(upTo(sessionId, 1));
    isTakingOver = true;
    await write({});
    await tell();
    await pass(12_000);
    expect(fed()).toEqual(upTo(sessionId, 2));
    await feeder.stop();
  });

  it('puts each row into the feed as it was said live, without personal fields', async () => {
    const { hire, session, tell, pass, feed, counts, levels } = world();
    const { sessionId, write } = session();
    await write({}, initialized);
    const feeder = hire('w1');
    await pass(1_500);
    await write({});
    await tell();
    expect(feed.stored.map(({ subject }) => parseSubject(subject))).toMatchObject([
      { kind: 'feed', tenant: 'demo', event: 'internal_SessionStarted' },
      { kind: 'feed', tenant: 'demo', event: 'session.initialized', target: { session: sessionId } },
      { kind: 'feed', event: 'internal_SessionStarted' },
    ]);
    const bodies = feed.stored.map(({ body }) => JSON.parse(body) as JsonObject);
    expect(bodies[1]).toEqual({
      messageType: 'objectEvent',
      target: sessionId,
      name: 'session.initialized',
      data: { agent: { name: null } },
      sequence: 2,
      previous: null,
      at: '2026-01-01T00:00:00.000Z',
    });
    expect(bodies[2]).toMatchObject({ type: 'SessionStarted', sequence: 3 });
    expect(feed.stored[1]?.headers).toEqual({
      seq: '2',
      lane: '1',
      wpos: '2',
      epoch: '1',
      'Nats-Msg-Id': `${sessionId}:2`,
    });
    expect(counts['feed_published']).toBe(3);
    await pass(1_000);
    expect(levels.at(-1)).toBe(0);
    await feeder.stop();
  });

  it('is one worker at a time; the next one goes on where it stopped', async () => {
    const { hire, session, tell, pass, fed, said } = world();
    const [one, other] = [session(), session()];
    const first = hire('w1');
    const second = hire('w2');
    await pass(2_000);
    for (let n = 0; n < 5; n += 1) {
      await one.write({}, {});
      await other.write({});
    }
    await tell();
    const filler = (said['w1'] ?? []).length > 0 ? first : second;
    await filler.stop();
    await one.write({}, {});
    await pass(2_000);
    await tell();
    expect(fed().filter((id) => id.startsWith(one.sessionId))).toEqual(upTo(one.sessionId, 12));
    expect(fed().filter((id) => id.startsWith(other.sessionId))).toEqual(upTo(other.sessionId, 5));
    // What was kept before it stopped is not said again.
    expect([...(said['w1'] ?? []), ...(said['w2'] ?? [])]).toHaveLength(17);
    await Promise.all([first.stop(), second.stop()]);
  });

  it('waits for JetStream, saying so once, and then has it all', async () => {
    const { hire, session, pass, feed, fed, warnings } = world();
    const { sessionId, write } = session();
    feed.fail({ kind: 'unavailable', reason: 'JetStream not enabled' });
    const feeder = hire('w1');
    await write({}, {});
    await pass(100_000);
    expect(warnings).toEqual(['the durable feed waits; the engine goes on']);
    feed.fail(null);
    await pass(32_000);
    expect(fed()).toEqual(upTo(sessionId, 2));
    await feeder.stop();
  });

  it('says again what was not acknowledged, in order', async () => {
    const { hire, session, tell, pass, feed, fed } = world();
    const { sessionId, write } = session();
    const feeder = hire('w1');
    await write({});
    await pass(2_000);
    feed.fail({ kind: 'unavailable', reason: 'timeout' }, { late: true });
    await write({}, {}, {});
    await tell();
    expect(fed()).toEqual(upTo(sessionId, 2));
    feed.fail(null);
    await pass(40_000);
    expect(fed()).toEqual(upTo(sessionId, 4));
    await feeder.stop();
  });

  it('passes over what the feed never takes, and what is older than the feed keeps', async () => {
    const { clock, hire, session, pass, feed, fed, warnings } = world();
    const { sessionId, write } = session();
    await write({});
    clock.advance(25 * 3_600_000);
    await write({}, {});
    const refusing: Feed = {
      ...feed,
      publish: async (subject, body, headers) =>
        headers[HEADERS.seq] === '2'
          ? { ok: false, error: { kind: 'refused', reason: 'too-large' } }
          : feed.publish(subject, body, headers),
    };
    const feeder = hire('w1', { feed: refusing });
    await pass(2_000);
    expect(fed()).toEqual([`${sessionId}:3`]);
    expect(warnings).toEqual(['the durable feed does not take an event']);
    await feeder.stop();
  });

  it('stops before a row of a newer release, keeps its place, and leaves the rest to others', async () => {
    const { log, hire, session, pass, fed, said, warnings } = world();
    const { sessionId, write } = session();
    await write({}, {}, { version: 99 }, {});
    const feeder = hire('w1');
    await pass(3_000);
    expect(fed()).toEqual(upTo(sessionId, 2));
    expect(log.checkpoints.get('feed')).toEqual({ done: 0, lanes: { 1: 2 } });
    expect(log.jobs.has('feed')).toBe(false);
    expect(warnings.filter((text) => text.startsWith('the durable feed'))).toHaveLength(1);
    await pass(60_000);
    expect(said['w1']).toEqual(upTo(sessionId, 2));
    await feeder.stop();
  });

  it('keeps its place later when the log does not take it', async () => {
    const { log, hire, session, pass } = world();
    const { write } = session();
    await write({}, {});
    const set = log.checkpoints.set.bind(log.checkpoints);
    log.checkpoints.set = () => {
      log.checkpoints.set = set;
      throw new Error('down');
    };
    const feeder = hire('w1');
    await pass(3_500);
    expect(log.checkpoints.get('feed')).toEqual({ done: 0, lanes: { 1: 2 } });
    await feeder.stop();
  });

  it('says nothing old after it stood still while another went on', async () => {
    const { clock, log, hire, session, tell, pass, feed, fed, said } = world();
    const { sessionId, write } = session();
    const asleep: (() => void)[] = [];
    let frozen = false;
    const ownClock: Clock = {
      now: clock.now,
      after: (ms, task) => clock.after(ms, () => void (frozen ? asleep.push(task) : task())),
    };
    const slow: Feed = {
      ...feed,
      publish: async (...message) => {
        const taken = await feed.publish(...message);
        if (frozen) await new Promise<void>((resolve) => asleep.push(resolve));
        return taken;
      },
    };
    const first = hire('w1', { clock: ownClock, feed: slow });
    await pass(2_000);
    frozen = true;
    await write({}, {}, {});
    await tell();
    expect(said['w1']).toEqual(upTo(sessionId, 1));
    // The database lets go of the lock of a connection that is gone; the frozen worker cannot hear of it.
    log.jobs.delete('feed');
    const second = hire('w2');
    await pass(3_000);
    expect(fed()).toEqual(upTo(sessionId, 3));
    await write({});
    frozen = false;
    for (const task of asleep.splice(0)) task();
    await tell();
    expect(said['w1']).toEqual(upTo(sessionId, 1));
    expect(fed()).toEqual(upTo(sessionId, 4));
    await Promise.all([first.stop(), second.stop()]);
  });
});
