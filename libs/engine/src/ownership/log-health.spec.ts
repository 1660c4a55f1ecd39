import { HEADERS, subjects } from '@cordboard/bus';
import { count, office, virtualClock } from '@cordboard/testing';
import { createReclaims } from './reclaims.ts';

type Office = ReturnType<typeof office>;

/** Lets time pass as a process sees it that is never held up. */
const live = async ({ clock }: Office, ms: number): Promise<void> => {
  for (let past = 0; past < ms; past += 50) {
    clock.advance(50);
    for (let n = 0; n < 6; n += 1) await new Promise(setImmediate);
  }
};

describe('a log that writes everything late', () => {
  it('is borne: its sessions are not given up and claimed again without end', async () => {
    const all = office();
    const place = await all.hire('w1');
    const { session } = await all.start();
    const { session: other } = await all.start({}, { agent: '1002' });
    place.appendMs = 600;
    const data = { client: 'tab' };
    const body = JSON.stringify({ command: 'bindSession', requestId: 'r', target: session, data });
    for (let n = 0; n < 5; n += 1) {
      const headers = { [HEADERS.actor]: 'agent:1001', [HEADERS.binding]: `n${n}` };
      all.desk.publish(subjects.command('demo', { session }, 'bindSession'), body, headers);
      await live(all, 2_000);
    }
    expect(place.counts.get('log_outages')).toBe(1);
    expect([session, other].map((id) => count(all.types(id), 'OwnershipClaimed'))).toEqual([2, 2]);
    expect(place.worker.owned()).toBe(2);
  });
});

describe('sessions that are taken up again after an outage', () => {
  it('leave room for those that somebody waits for, and wait when the log fails once more', async () => {
    const clock = virtualClock();
    const waiting: (() => void)[] = [];
    let works = false;
    const reclaims = createReclaims({
      clock,
      works: () => works,
      claim: () => new Promise((resolve) => waiting.push(() => resolve({ kind: 'elsewhere' }))),
    });
    for (let n = 0; n < 150; n += 1) reclaims.plan({ tenant: 'demo', sessionId: `s${n}` }, 250);
    clock.advance(1_000);
    expect(waiting).toHaveLength(0);
    const claimed: number[] = [];
    const end = async (): Promise<void> => {
      claimed.push(waiting.length);
      for (const claim of waiting.splice(0)) claim();
      await new Promise(setImmediate);
    };
    works = true;
    reclaims.resume();
    await end();
    works = false;
    await end();
    expect(waiting).toHaveLength(0);
    works = true;
    reclaims.resume();
    await end();
    expect(claimed).toEqual([64, 64, 22]);
  });
});
