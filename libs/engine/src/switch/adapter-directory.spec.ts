import { createMemoryNetwork, HEADERS, subjects } from '@cordboard/bus';
import { type JsonObject } from '@cordboard/kernel';
import { sequentialIds, virtualClock } from '@cordboard/testing';
import { AdapterDirectory } from './adapter-directory.ts';

const PLACE = { tenant: 'demo', processor: 'sim', instance: 'sim-1' };

/** A directory, and an adapter that answers what it is asked only when told to. */
const opened = () => {
  const clock = virtualClock();
  const network = createMemoryNetwork();
  const bus = network.connect({ clock });
  const outside = network.connect({ clock });
  const logged: string[] = [];
  const levels: Record<string, number> = {};
  const note = (message: string): void => void logged.push(message);
  const directory = new AdapterDirectory({
    bus,
    clock,
    ids: sequentialIds(),
    log: { debug: note, info: note, warn: note, error: note },
    metrics: { count: note, level: (_, value, labels = {}) => (levels[labels['status'] ?? ''] = value) },
  });
  const heard: string[] = [];
  const changes: string[] = [];
  const open: (() => void)[] = [];
  outside.subscribe(subjects.ctiControl('demo', 'sim', 'sim-1'), ({ body, reply }) => {
    const { header } = JSON.parse(body) as { header: { name: string } };
    heard.push(header.name);
    const answer = { header: { ...header, type: 'cti.response', result: 'SUCCESS' }, body: {} };
    open.push(() => reply?.(JSON.stringify(answer), { [HEADERS.answer]: 'final' }));
  });
  bus.subscribe(subjects.ctiHellos(), (message) => directory.onHello(message));
  bus.subscribe(subjects.ctiStatuses(), (message) => directory.onStatus(message));
  directory.start(() => changes.push(directory.view(PLACE).is));
  const turn = () => new Promise(setImmediate);
  const hello = (incarnation = 'one') => {
    outside.publish(
      subjects.ctiHello('demo', 'sim'),
      JSON.stringify({ processor: 'sim', instance: 'sim-1', incarnation }),
    );
    return turn();
  };
  const status = (body: JsonObject = {}) => {
    const header = { type: 'cti.event', name: 'cti.status', target: 'sim.CONTROL' };
    const said = { status: 'STARTED', instance: 'sim-1', incarnation: 'one', sessions: 0, ...body };
    outside.publish(subjects.ctiStatus('demo', 'sim'), JSON.stringify({ header, body: said }));
    return turn();
  };
  const answer = () => {
    open.shift()?.();
    return turn();
  };
  return { directory, clock, heard, changes, logged, levels, hello, status, answer, turn };
};

describe('the handshake with an adapter (bridge D.2, T-06)', () => {
  it('asks for the status, waits for it, then asks what the adapter can do; before that nothing', async () => {
    const { directory, heard, changes, hello, status, answer } = opened();
    await hello();
    expect(heard).toEqual(['cti.request.status']);
    await answer();
    expect(heard).toHaveLength(1);
    expect(directory.pick('demo', 'sim')).toBeNull();
    await status();
    expect(heard).toEqual(['cti.request.status', 'cti.query.capabilities']);
    expect(directory.pick('demo', 'sim')).toBeNull();
    await answer();
    expect(directory.pick('demo', 'sim')).toMatchObject({ instance: 'sim-1', incarnation: 'one' });
    expect(changes).toEqual(['greeting', 'ready']);
  });

  it('waits for the answer even where the status comes before it', async () => {
    const { heard, hello, status, answer } = opened();
    await hello();
    await status();
    expect(heard).toEqual(['cti.request.status']);
    await answer();
    expect(heard).toEqual(['cti.request.status', 'cti.query.capabilities']);
  });

  it.each(['STARTING', 'STOPPED'])(
    'asks an adapter that is %s too, and gives it no session',
    async (said) => {
      const { directory, heard, status, answer, levels } = opened();
      await status({ status: said });
      await answer();
      expect(heard).toEqual(['cti.query.capabilities']);
      expect(directory.pick('demo', 'sim')).toBeNull();
      expect(levels).toMatchObject({ [said]: 1, STARTED: 0 });
      await status();
      expect(directory.pick('demo', 'sim')).not.toBeNull();
      expect(levels).toMatchObject({ [said]: 0, STARTED: 1 });
    },
  );

  it('is made anew with another incarnation', async () => {
    const { heard, hello, status, answer, directory } = opened();
    await status();
    await answer();
    await hello();
    expect(heard).toEqual(['cti.query.capabilities']);
    await hello('two');
    expect(heard.at(-1)).toBe('cti.request.status');
    await answer();
    await status({ incarnation: 'two' });
    expect(directory.view(PLACE)).toEqual({ is: 'greeting', incarnation: 'two' });
    expect(heard.at(-1)).toBe('cti.query.capabilities');
  });

  it('takes no word of an incarnation that was followed by another', async () => {
    const { status, hello, directory, heard, logged } = opened();
    await status();
    await status({ incarnation: 'two' });
    await status({ incarnation: 'one', status: 'STOPPED' });
    await hello('one');
    expect(directory.view(PLACE)).toEqual({ is: 'greeting', incarnation: 'two' });
    expect(heard).not.toContain('cti.request.status');
    expect(logged).toContain('status of a former incarnation dropped');
  });

  it.each([
    ['without an instance', { instance: 7 }],
    ['with a status that is none', { status: 'READY' }],
  ])('drops a status %s', async (_, body) => {
    const { status, logged, heard, directory } = opened();
    await status(body);
    expect(logged).toEqual(['malformed status dropped']);
    expect(heard).toEqual([]);
    expect(directory.view(PLACE)).toEqual({ is: 'unheard' });
  });
});

describe('prepares that wait for a first adapter', () => {
  it('are bounded: what is too much is refused at once, and counted', async () => {
    const { directory, logged, clock } = opened();
    const waiting = Array.from({ length: 1_000 }, () => directory.pickSoon('demo', 'sim'));
    expect(await directory.pickSoon('demo', 'sim')).toBeNull();
    expect(logged).toEqual(['prepares_refused']);
    clock.advance(6_000);
    expect(new Set(await Promise.all(waiting))).toEqual(new Set([null]));
  });
});
