import { type Beacon, createMemoryNetwork, HEADERS, onBeacon, publishBeacon, subjects } from '@cordboard/bus';
import { createMemoryStore, createVault, emptyLog, openingHead } from '@cordboard/event-store';
import { type JsonObject } from '@cordboard/kernel';
import { office } from '@cordboard/testing';
import { republish } from './republish.ts';

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Live events as an edge hears them, by session and sequence. */
const listening = (given: ReturnType<typeof office>) => {
  const heard: { readonly id: string; readonly body: JsonObject }[] = [];
  given.desk.subscribe(subjects.events(), ({ address, headers, body }) => {
    if (address?.kind !== 'event' || headers[HEADERS.wpos] === undefined) return;
    heard.push({
      id: `${address.target.session}:${headers[HEADERS.seq] ?? ''}`,
      body: JSON.parse(body) as JsonObject,
    });
  });
  return heard;
};

const sequenceOf = (id: string): number => Number(id.split(':')[1]);

describe('beacons', () => {
  it('tell four times a second how far the lane is stored, and that the worker leaves', async () => {
    const given = office();
    const heard: Beacon[] = [];
    onBeacon(given.desk, (beacon) => heard.push(beacon));
    const { worker } = await given.hire('w1');
    await given.start();
    heard.length = 0;
    await given.pass(1_000);
    const stored = given.log.lanes[0]?.rows.at(-1)?.wpos;
    expect(heard.map(({ wpos }) => wpos)).toEqual([stored, stored, stored, stored]);
    expect(heard[0]).toMatchObject({ lane: 1, worker: 'w1', leaving: false });
    await given.settle(worker.stop());
    expect(heard.at(-1)).toMatchObject({ lane: 1, worker: 'w1', leaving: true });
  });
});

describe('the lane of a worker that died', () => {
  it('is closed within seconds, and what nobody heard is said again with its personal fields', async () => {
    const given = office();
    const first = await given.hire('w1');
    const second = await given.hire('w2');
    const { session, channel } = await given.start();
    const claims = given.stream(session).filter(({ type }) => type === 'OwnershipClaimed');
    const [owner, other] = claims.at(-1)?.data.worker === 'w1' ? [first, second] : [second, first];
    await given.pass(1_000);
    const heard = listening(given);
    const before = given.stream(session).at(-1)?.seq ?? 0;
    // From now on what the owner says is lost, though what it writes is not.
    Object.assign(owner.bus, { publish: () => false });
    const report = given.adapter.report('channel.interaction', channel, { nativeid: 'call' });
    await given.turn();
    const unheard = given.stream(session).filter(({ seq }) => seq > before);
    expect(unheard.length).toBeGreaterThan(0);
    owner.bus.sever();
    owner.down = true;
    await given.settle(report);
    await given.pass(6_000);
    const said = new Set(heard.map(({ id }) => sequenceOf(id)));
    expect(unheard.filter(({ seq }) => !said.has(seq))).toEqual([]);
    expect(other.counts.get('lanes_closed')).toBe(1);
    expect(other.counts.get('events_republished')).toBeGreaterThanOrEqual(unheard.length);
    const data = heard.find(({ body }) => body.name === 'interaction.datachanged')?.body.data;
    expect(data).toEqual({ interactionData: { ANI: '+12025550123' } });
  });

  it('is said again from the beacon before the last on, though that one came twice', async () => {
    const given = office();
    const { worker } = await given.hire('w1');
    await given.start();
    const rows = given.log.lanes[0]!.rows;
    const last = rows.at(-1)!;
    await given.settle(worker.stop());
    // A worker that died, with two rows that nobody heard, in a lane of its own.
    const lane = given.log.lanes.length + 1;
    given.log.lanes.push({
      lane,
      openedBy: 'gone',
      openedAt: 0,
      closed: false,
      rows: [1, 2, 3, 4].map((wpos) => ({ ...last, lane, wpos })),
    });
    given.log.workers.set('gone', given.clock.now());
    await given.hire('w2');
    await given.pass(1_000);
    const say = (wpos: number): void => {
      given.log.workers.set('gone', given.clock.now());
      publishBeacon(given.desk, { lane, wpos, worker: 'gone', leaving: false });
    };
    say(2);
    await given.turn();
    await given.pass(250);
    say(4);
    say(4);
    await given.turn();
    const heard: string[] = [];
    given.desk.subscribe(subjects.events(), ({ headers }) => {
      if (headers[HEADERS.lane] === String(lane)) heard.push(headers[HEADERS.wpos] ?? '');
    });
    await given.pass(9_000);
    expect(heard).toEqual(['3', '4']);
  });

  it('is said again around rows that cannot be opened here', async () => {
    const log = emptyLog();
    const store = createMemoryStore({ log, workerId: 'gone' });
    const vault = createVault({ tenantKeys: () => Buffer.alloc(32, 7) });
    const sessionId = '019a0000-0000-7000-8000-000000000001';
    let head = { ...openingHead(sessionId, 'demo'), epoch: 1 };
    const keyring = vault.keyring(sessionId, 'demo', []);
    const meta = { actor: { kind: 'agent', id: '1001' }, causation: 'command:1', correlation: '1' } as const;
    const made = [{}, { agent: { name: 'Example Agent' } }, {}].map((data) => {
      const common = { version: 1, target: sessionId, at: 0, scope: 'x', subjects: [], meta, data };
      const draft = { ...common, type: 'SessionStarted', name: null, personal: ['agent.name'] };
      const recorded = keyring.record(head, draft);
      head = recorded.head;
      return recorded;
    });
    await store.append({
      sessionId,
      records: made.map(({ record }) => record),
      keys: made.flatMap(({ keys }) => keys),
      subjects: [],
    });
    const heard: (string | undefined)[] = [];
    const warnings: string[] = [];
    await republish(
      {
        store,
        vault: createVault({
          tenantKeys: () => {
            throw new Error('no key of this tenant');
          },
        }),
        bus: {
          ...createMemoryNetwork().connect(),
          publish: (_subject, _body, headers) => {
            heard.push(headers?.[HEADERS.seq]);
            return true;
          },
        },
        log: { ...silent, warn: (text) => void warnings.push(text) },
        metrics: { count: () => undefined, owned: () => undefined, level: () => undefined },
      },
      { lane: 1, wpos: 3, after: 0, since: 0 },
    );
    expect(heard).toEqual(['1', '3']);
    expect(warnings).toEqual(['a row could not be published again']);
  });
});
