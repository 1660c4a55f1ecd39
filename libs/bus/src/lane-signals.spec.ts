import { onBeacon, publishBeacon } from './beacon.ts';
import { HEADERS } from './headers.ts';
import { laneSignals } from './lane-signals.ts';
import { createMemoryNetwork } from './memory-network.ts';
import { subjects } from './subjects.ts';

const S = '01890a5d-ac96-774b-bcce-b302099a8057';
const event = subjects.event('demo', { session: S }, 'session.closed');

describe('signals of the lanes', () => {
  it('come from live events and from beacons, and from nothing that is neither', async () => {
    const network = createMemoryNetwork();
    const [worker, follower] = [network.connect(), network.connect()];
    const heard: unknown[] = [];
    const end = laneSignals(follower).subscribe((mark) => heard.push(mark));
    worker.publish(event, '{}', { [HEADERS.lane]: '3', [HEADERS.wpos]: '7', [HEADERS.seq]: '1' });
    worker.publish(event, '{}', { [HEADERS.seq]: '1' });
    worker.publish(event, '{}', { [HEADERS.lane]: '-1', [HEADERS.wpos]: '7' });
    worker.publish(event, '{}', { [HEADERS.lane]: '3', [HEADERS.wpos]: '1e3' });
    publishBeacon(worker, { lane: 4, wpos: 9, worker: 'w1', leaving: false });
    worker.publish(subjects.lane(4), 'null');
    worker.publish(subjects.lane(4), '{"wpos":"9","worker":"w1"}');
    await worker.flush();
    expect(heard).toEqual([
      { lane: 3, wpos: 7 },
      { lane: 4, wpos: 9 },
    ]);
    end();
    publishBeacon(worker, { lane: 4, wpos: 10, worker: 'w1', leaving: false });
    await worker.flush();
    expect(heard).toHaveLength(2);
  });

  it('say who speaks, and when it was for the last time', async () => {
    const bus = createMemoryNetwork().connect();
    const heard: unknown[] = [];
    onBeacon(bus, (beacon) => heard.push(beacon));
    publishBeacon(bus, { lane: 4, wpos: 9, worker: 'w1', leaving: false });
    publishBeacon(bus, { lane: 4, wpos: 9, worker: 'w1', leaving: true });
    await bus.flush();
    expect(heard).toEqual([
      { lane: 4, wpos: 9, worker: 'w1', leaving: false },
      { lane: 4, wpos: 9, worker: 'w1', leaving: true },
    ]);
  });
});
