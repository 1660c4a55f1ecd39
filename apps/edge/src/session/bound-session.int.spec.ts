import { COMMANDS_PER_SECOND, successResponse } from '@cordboard/agent-protocol';
import { answerResult, type Bus, connectNats, subjects } from '@cordboard/bus';
import { type PrivateNats, privateNats, type ScriptedOwner, scriptedOwner } from '@cordboard/testing';
import { eventually } from '@cordboard/testing';
import { systemClock } from '@cordboard/runtime';
import { type EdgePorts } from '../edge-ports.ts';
import { HeardSessions } from '../stream/heard-sessions.ts';
import { createHistory } from '../stream/history.ts';
import { BoundSession } from './bound-session.ts';

const S = '01890a5d-ac96-774b-bcce-b302099a8057';
const ROUNDS = 10;

describe('BoundSession on a real NATS', () => {
  let nats: PrivateNats;
  let buses: Bus[];
  let owner: ScriptedOwner;
  let session: BoundSession;
  let sent: string[];

  beforeAll(async () => {
    nats = await privateNats();
  });
  afterAll(() => nats.stop());

  beforeEach(async () => {
    const [edge, worker] = await Promise.all(
      ['edge', 'worker'].map((name) => connectNats({ url: nats.url, name })),
    );
    if (edge === undefined || worker === undefined) throw new Error('no connection');
    buses = [edge, worker];
    owner = scriptedOwner(worker, S);
    await worker.flush();
    sent = [];
    const ports: EdgePorts = {
      bus: edge,
      heard: new HeardSessions({
        bus: edge,
        clock: systemClock,
        keepMs: 0,
        onMalformed: () => undefined,
        onBytes: () => undefined,
        onSessions: () => undefined,
      }),
      resumed: () => undefined,
      history: createHistory(owner.store, owner.vault),
      verify: () => Promise.reject(new Error('no tokens here')),
      commandsPerSecond: COMMANDS_PER_SECOND,
      clock: systemClock,
      newId: () => 'id',
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      count: () => undefined,
      connected: () => undefined,
    };
    session = new BoundSession(
      ports,
      {
        tenant: 'demo',
        agentId: '1001',
        session: S,
        binding: 'one',
        client: 'tab',
        signal: new AbortController().signal,
      },
      { send: (text) => void sent.push(text), onParting: () => undefined },
    );
    const data = { client: 'tab', takeover: false };
    const command = 'bindSession' as const;
    const request = { kind: 'service', canonical: command, command, requestId: 'b', path: S, data } as const;
    const answer = await session.bind({
      ...request,
      target: { session: S },
      values: {},
      original: { command, target: S, data },
    });
    expect(answer).toMatchObject({ ok: true, value: { granted: true } });
    session.release();
  });

  afterEach(async () => {
    session.stop({ unbind: false });
    for (const bus of buses) await bus.drain();
  });

  const ask = (requestId: string): void => {
    const body = JSON.stringify({ command: 'session.start', requestId, target: S, data: {} });
    void session.command({ session: S }, 'session.start', body).then((answer) => {
      sent.push(answer.ok ? `answer ${requestId}` : answer.error);
    });
  };

  /** What went out, in words. */
  const order = (): readonly string[] =>
    sent.map((text) =>
      text.startsWith('{') ? `event ${(JSON.parse(text) as { sequence: number }).sequence}` : text,
    );

  it('lets answers and events out in the order in which the owner said them', async () => {
    const [, worker] = buses;
    const frame = (sequence: number): string =>
      JSON.stringify({ sequence, previous: sequence === 1 ? null : sequence - 1 });
    const say = (sequence: number): void => {
      worker?.publish(subjects.event('demo', { session: S }, 'session.initialized'), frame(sequence));
    };
    let said = 0;
    owner.onCommand = (message, request) => {
      say((said += 1));
      answerResult(message, JSON.stringify(successResponse(request)));
      say((said += 1));
    };
    for (let round = 0; round < ROUNDS; round += 1) ask(`r${round}`);
    await eventually(() => sent.length === ROUNDS * 3);
    expect(order()).toEqual(
      Array.from({ length: ROUNDS }, (_, round) => [
        `event ${round * 2 + 1}`,
        `answer r${round}`,
        `event ${round * 2 + 2}`,
      ]).flat(),
    );
  });
});
