import { type Beacon, HEADERS, onBeacon, subjects } from '@cordboard/bus';
import { type JsonObject } from '@cordboard/kernel';
import { office } from '@cordboard/testing';

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
});
