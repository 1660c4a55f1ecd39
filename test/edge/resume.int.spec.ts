import { successResponse } from '@cordboard/agent-protocol';
import { answerResult } from '@cordboard/bus';
import { connect } from '@cordboard/client';
import { type JsonObject } from '@cordboard/kernel';
import { eventually } from '@cordboard/testing';
import { WebSocket } from 'ws';
import { bindAs, type EdgeWorld, edgeWorld, S, token, until } from './edge-under-test.ts';

const EVENT = 'interaction.preview';
const preview = { interactionData: { ANI: '+12025550123' } };

describe('a browser that comes back', () => {
  let world: EdgeWorld;
  beforeEach(async () => {
    world = await edgeWorld(2);
  });
  afterEach(() => world.stop());

  const [here, there] = [0, 1];
  const back = (cursor: number, place: number, client = 'tab-1') =>
    world.bound({ afterSequence: cursor }, client, world.edges[place]);
  const emit = async (times: number, data: JsonObject = preview): Promise<void> => {
    for (let n = 0; n < times; n += 1) await world.owner.emit(EVENT, data);
  };
  /** Binds here, hears so many events and goes away without a word. */
  const heardAndGone = async (events: number): Promise<void> => {
    const first = await world.bound();
    await emit(events);
    await first.next(({ sequence }) => sequence === events);
    first.socket.terminate();
  };
  const resumes = (place: number) => world.edges[place]?.resumes;
  const reads = (place: number) => world.edges[place]?.sizes.reads;

  it('gets what it missed from the edge that heard it, without a look at the log', async () => {
    await heardAndGone(3);
    await emit(4);
    const { sequences } = await back(3, here);
    await until(() => expect(sequences()).toEqual([4, 5, 6, 7]));
    expect([resumes(here), reads(here)]).toEqual([['ring'], 0]);
    expect(world.edge.sizes.ringBytes).toBeGreaterThan(0);
    await emit(1);
    await until(() => expect(sequences()).toEqual([4, 5, 6, 7, 8]));
  });

  it('gets from the log what the edge did not hear: all, the end, what a gap hides', async () => {
    await heardAndGone(3);
    const other = await back(1, there);
    await until(() => expect(other.sequences()).toEqual([2, 3]));
    await emit(1);
    await world.owner.emit(EVENT, preview, true);
    await emit(2);
    await until(() => expect(other.sequences()).toEqual([2, 3, 4, 5, 6, 7]));
    await world.owner.emit(EVENT, preview, true);
    const { sequences } = await back(4, here);
    await until(() => expect(sequences()).toEqual([5, 6, 7, 8]));
    expect([resumes(there), resumes(here)]).toEqual([['log'], ['log']]);
  });

  it.each([
    ['another agent', { sub: '1002' }],
    ['another tenant', { tenant: 'other' }],
  ])('shares its ring with nobody of %s, who leaves no trace', async (_case, claims) => {
    await heardAndGone(3);
    const stranger = await world.edge.browser(await token(claims));
    const bind = bindAs('tab-1', { afterSequence: 1, takeover: true });
    stranger.socket.send(JSON.stringify({ ...bind, requestId: 'foreign' }));
    await emit(1);
    // Nobody is there to answer for a session of the other tenant.
    stranger.socket.send('no request');
    await stranger.next(({ result }) => result === 'failure');
    stranger.socket.terminate();
    expect([stranger.sequences(), resumes(here)]).toEqual([[], []]);
    await until(() => expect(world.edge.sizes.heard).toBe(1));
    const { sequences } = await back(3, here);
    await until(() => expect(sequences()).toEqual([4]));
    expect(resumes(here)).toEqual(['ring']);
  });

  it('finds no ring when it stayed away for too long', async () => {
    await heardAndGone(2);
    await until(() => expect(world.owner.heard.at(-1)?.command).toBe('unbindSession'));
    world.clock.advance(120_000);
    expect(world.edge.sizes.ringBytes).toBe(0);
    await back(1, here);
    expect(resumes(here)).toEqual(['log']);
  });

  it.each([
    ['from the future', 9],
    ['of another session', 3],
  ])('starts afresh with a cursor %s', async (_case, cursor) => {
    await emit(2);
    await world.owner.emit(null, {});
    await emit(2);
    const { frames, sequences } = await back(cursor, here);
    expect(frames[0]).toMatchObject({ data: { mode: 'reset', sequence: 5, snapshot: { sequence: 5 } } });
    await emit(1);
    await until(() => expect(sequences()).toEqual([6]));
    expect(resumes(here)).toEqual(['reset']);
  });

  it('starts afresh when it missed more than is sent at once', async () => {
    await emit(12, { interactionData: { text: 'x'.repeat(50_000) } });
    const { frames } = await back(0, here);
    expect(frames[0]).toMatchObject({ data: { mode: 'reset', sequence: 12 } });
  });

  it('that read too slowly is sent away and gets the rest elsewhere, nothing twice', async () => {
    const slow = await world.bound();
    slow.socket.pause();
    const bulk = { interactionData: { text: 'x'.repeat(60_000) } };
    let said = 0;
    while (!world.edge.counts.has('slow_clients')) {
      await emit(1, bulk);
      said += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    slow.socket.resume();
    expect((await slow.closed()).code).toBe(4008);
    const got = slow.sequences().map(Number);
    expect(got).toEqual(got.map((_, index) => index + 1));
    const { sequences } = await back(said - 2, there);
    await until(() => expect(sequences()).toEqual([said - 1, said]));
  });
});

describe('an edge that stops under load', () => {
  let world: EdgeWorld;
  beforeEach(async () => {
    world = await edgeWorld(2);
  });
  afterEach(() => world.stop());

  const COMMANDS = 20;

  it('sends its browsers to the next one, where they get the answers they wait for', async () => {
    const { owner, edges, clock } = world;
    const outcomes = new Map<string, string>();
    const answers: (() => void)[] = [];
    let carriedOut = 0;
    owner.onCommand = (message, request) => {
      const recorded = outcomes.get(request.requestId);
      if (recorded !== undefined) return answerResult(message, recorded);
      outcomes.set(
        request.requestId,
        JSON.stringify(successResponse(request, { effect: (carriedOut += 1) })),
      );
      answers.push(() => answerResult(message, outcomes.get(request.requestId) ?? ''));
    };
    const jwt = await token();
    const client = await connect({
      url: edges.map(({ url }) => url),
      token: async () => jwt,
      clock,
      // It begins with the first.
      random: () => 0,
      WebSocket,
    });
    const told: number[] = [];
    client.on('*', ({ sequence }) => void told.push(sequence));
    await client.bind(S);
    await owner.emit(EVENT, preview);
    const waiting = Array.from({ length: COMMANDS }, () => client.request('session.request.logout', S));
    await until(() => expect(outcomes.size).toBe(COMMANDS));
    const stopping = edges[0]?.end();
    await owner.emit(EVENT, preview);
    const responses = await Promise.all(waiting);
    await stopping;
    expect(responses.map((response) => response.result === 'success' && response.data?.['effect'])).toEqual(
      Array.from({ length: COMMANDS }, (_, n) => n + 1),
    );
    expect(carriedOut).toBe(COMMANDS);
    await until(() => expect(told).toEqual([1, 2]));
    // Who asked through the edge that stopped is gone; that its answers come late harms nobody.
    for (const answer of answers) answer();
    client.close();
    await eventually(() => edges[1]?.sizes.connected === 0);
  });

  it('lets nobody in any more', async () => {
    const { edges } = world;
    const opened = await world.bound();
    const stopping = edges[0]?.end();
    expect(await opened.closed()).toMatchObject({ code: 1001 });
    await stopping;
    await expect(edges[0]?.browser()).rejects.toThrow('ECONNREFUSED');
    expect(await (await edges[1]?.browser())?.ask(bindAs('tab-1'))).toMatchObject({ result: 'success' });
  });
});
