import { eventually, privateNats, type PrivateNats } from '@cordboard/testing';
import { type BusOptions } from './bus-options.ts';
import { type Bus, type BusMessage } from './bus.ts';
import { payloadBytes } from './headers.ts';
import { createMemoryNetwork } from './memory-network.ts';
import { connectNats } from './nats-bus.ts';
import { subjects } from './subjects.ts';

const S = '01890a5d-ac96-774b-bcce-b302099a8057';
const OTHER = '01890a5d-ac96-774b-bcce-b302099a8058';
const session = { session: S };
/** Waits until the expectation holds. */
const until = (check: () => void): Promise<boolean> =>
  eventually(() => {
    check();
    return true;
  });
const start = subjects.command('demo', session, 'session.start');

interface Carrier {
  readonly connect: (options?: BusOptions) => Promise<Bus>;
  readonly stop: () => Promise<void>;
}

const memory = async (): Promise<Carrier> => {
  const network = createMemoryNetwork();
  return { connect: async (options) => network.connect(options), stop: async () => undefined };
};

const nats = async (): Promise<Carrier> => {
  const server: PrivateNats = await privateNats();
  return {
    connect: (options) => connectNats({ url: server.url, name: 'contract', ...options }),
    stop: server.stop,
  };
};

/** What every carrier promises; the in-memory one is a fake that can be trusted because of it. */
describe.each([
  ['memory', memory],
  ['NATS', nats],
])('a bus over %s', (_, open) => {
  let carrier: Carrier;
  let opened: Bus[];
  let here: Bus;
  let there: Bus;

  const connect = async (options?: BusOptions): Promise<Bus> => {
    const bus = await carrier.connect(options);
    opened.push(bus);
    return bus;
  };

  beforeAll(async () => {
    carrier = await open();
  });
  afterAll(() => carrier.stop());
  beforeEach(async () => {
    opened = [];
    here = await connect();
    there = await connect();
  });
  afterEach(() => Promise.all(opened.map((bus) => bus.drain())));

  const echo = async (bus: Bus): Promise<void> => {
    bus.subscribe(start, (message) => message.reply?.(`heard ${message.body}`, { reply: 'result' }));
    await bus.flush();
  };

  it('carries subject, address, body and headers unchanged', async () => {
    const heard: BusMessage[] = [];
    there.subscribe(subjects.commandsOf('demo', S), (message) => heard.push(message));
    await there.flush();
    expect(here.publish(start, '{"name":"Zoë ☎"}', { actor: 'agent:1001', ctiSeq: '7' })).toBe(true);
    await until(() => expect(heard).toHaveLength(1));
    const { subject, address, body, headers, reply } = heard[0] as BusMessage;
    expect({ subject, address, body, headers, reply }).toEqual({
      subject: start,
      address: { kind: 'command', tenant: 'demo', target: session, command: 'session.start' },
      body: '{"name":"Zoë ☎"}',
      headers: { actor: 'agent:1001', ctiSeq: '7' },
      reply: undefined,
    });
  });

  it('keeps the order of one sender, whatever the subjects', async () => {
    const heard: string[] = [];
    there.subscribe(subjects.eventsOf('demo', S), ({ body }) => heard.push(body));
    await there.flush();
    const expected = Array.from({ length: 2_000 }, (_none, index) => String(index));
    for (const body of expected) {
      here.publish(subjects.event('demo', session, Number(body) % 2 === 0 ? 'a' : 'b.c'), body);
    }
    await until(() => expect(heard).toHaveLength(expected.length));
    expect(heard).toEqual(expected);
  });

  it('lets only those hear whose filter matches, the sender included', async () => {
    const heard: string[] = [];
    here.subscribe(subjects.eventsOf('demo', S), () => heard.push('here'));
    there.subscribe(subjects.eventsOf('demo', S), () => heard.push('there'));
    there.subscribe(subjects.eventsOf('demo', OTHER), () => heard.push('another session'));
    there.subscribe(subjects.eventsOf('other', S), () => heard.push('another tenant'));
    await Promise.all([here.flush(), there.flush()]);
    here.publish(subjects.event('demo', session, 'state.updated'), '{}');
    await until(() => expect(heard).toHaveLength(2));
    await Promise.all([here.flush(), there.flush()]);
    expect([...heard].sort()).toEqual(['here', 'there']);
  });

  it('hears nothing that was sent before it listened, nor after it stopped', async () => {
    const heard: string[] = [];
    here.publish(start, 'before');
    const subscription = here.subscribe(start, ({ body }) => heard.push(body));
    here.publish(start, 'meanwhile');
    await until(() => expect(heard).toContain('meanwhile'));
    subscription.unsubscribe();
    subscription.unsubscribe();
    here.publish(start, 'after');
    const overtaken = here.subscribe(start, ({ body }) => heard.push(body));
    here.publish(start, 'on its way');
    overtaken.unsubscribe();
    await here.flush();
    await here.flush();
    expect(heard).toEqual(['meanwhile']);
  });

  it('gives each message to one member of a queue group, across connections and filters', async () => {
    const heard: string[] = [];
    const third = await connect();
    there.subscribe(subjects.prepares(), () => heard.push('there'), { queue: 'owners' });
    third.subscribe(subjects.prepare('demo'), () => heard.push('third'), { queue: 'owners' });
    third.subscribe(subjects.prepares(), () => heard.push('watcher'));
    await Promise.all([there.flush(), third.flush()]);
    for (let index = 0; index < 100; index += 1) here.publish(subjects.prepare('demo'), '{}');
    await until(() => expect(heard).toHaveLength(200));
    expect(heard.filter((who) => who === 'watcher')).toHaveLength(100);
    expect(new Set(heard)).toEqual(new Set(['there', 'third', 'watcher']));
  });

  it('answers a request', async () => {
    await echo(there);
    const answer = await here.request(start, 'x', { timeoutMs: 5_000 });
    expect(answer).toMatchObject({ ok: true, value: { body: 'heard x', headers: { reply: 'result' } } });
  });

  it('says at once that nobody listens', async () => {
    expect(await here.request(start, 'x', { timeoutMs: 60_000 })).toEqual({
      ok: false,
      error: 'no-responders',
    });
  });

  it('gives a silent listener its time and no more', async () => {
    let replyLate: BusMessage['reply'];
    there.subscribe(start, ({ reply }) => (replyLate = reply));
    await there.flush();
    const clock = drivenClock();
    const asker = await connect({ clock });
    const answer = asker.request(start, 'x', { timeoutMs: 500 });
    await until(() => expect(replyLate).toBeDefined());
    clock.fire();
    expect(await answer).toEqual({ ok: false, error: 'timeout' });
    replyLate?.('too late');
    await there.flush();
    await asker.flush();
  });

  it('carries many answers to one question until it is ended', async () => {
    const replies: string[] = [];
    let heard: BusMessage | undefined;
    there.subscribe(start, (message) => (heard = message));
    await there.flush();
    const end = here.ask(start, 'x', {
      headers: { binding: 'b1' },
      onReply: ({ body }) => replies.push(body),
      onNoResponders: (why) => replies.push(why),
    });
    await until(() => expect(heard?.headers).toEqual({ binding: 'b1' }));
    heard?.reply?.('receipt');
    heard?.reply?.('result');
    await until(() => expect(replies).toEqual(['receipt', 'result']));
    end();
    heard?.reply?.('again');
    await there.flush();
    await here.flush();
    expect(replies).toEqual(['receipt', 'result']);
  });

  it('refuses what the server would refuse, to the byte', async () => {
    there.subscribe(start, ({ reply }) => reply?.('heard'));
    await there.flush();
    const headers = { actor: 'agent:1001', trace: 'é' };
    const most = here.maxPayloadBytes - payloadBytes('', headers);
    const ask = { timeoutMs: 5_000, headers };
    expect(await here.request(start, 'x'.repeat(most), ask)).toMatchObject({ ok: true });
    expect(await here.request(start, 'x'.repeat(most + 1), ask)).toEqual({ ok: false, error: 'too-large' });
    expect(here.publish(start, 'x'.repeat(most + 1), headers)).toBe(false);
    expect(here.publish(start, 'x'.repeat(here.maxPayloadBytes + 1))).toBe(false);
    expect(here.publish(start, 'x'.repeat(here.maxPayloadBytes))).toBe(true);
  });

  it('tells of an answer that is too large, and the asker is not harmed', async () => {
    const errors: string[] = [];
    const careful = await connect({ onError: (error) => errors.push(String(error)) });
    careful.subscribe(start, ({ reply }) => {
      reply?.('x'.repeat(careful.maxPayloadBytes + 1));
      reply?.('short');
    });
    await careful.flush();
    expect(await here.request(start, 'x', { timeoutMs: 5_000 })).toMatchObject({ value: { body: 'short' } });
    expect(errors).toEqual([expect.stringContaining('larger than the server allows')]);
  });

  it('goes on when a handler raises', async () => {
    const errors: unknown[] = [];
    const careful = await connect({ onError: (error, subject) => errors.push([String(error), subject]) });
    careful.subscribe(start, ({ body, reply }) => {
      if (body === 'bad') throw new Error('no');
      reply?.('fine');
    });
    await careful.flush();
    here.publish(start, 'bad');
    expect(await here.request(start, 'good', { timeoutMs: 5_000 })).toMatchObject({
      value: { body: 'fine' },
    });
    expect(errors).toEqual([['Error: no', start]]);
  });

  it('goes on when whoever asked raises', async () => {
    const errors: string[] = [];
    const careful = await connect({
      onError: (error, subject) => errors.push(`${String(error)} at ${subject}`),
    });
    const raise = (): never => {
      throw new Error('no');
    };
    careful.ask(start, '', { onReply: raise, onNoResponders: raise });
    await until(() => expect(errors).toEqual([`Error: no at ${start}`]));
    await echo(there);
    careful.ask(start, '', { onReply: raise, onNoResponders: raise });
    await until(() => expect(errors).toHaveLength(2));
    expect((await careful.request(start, 'x', { timeoutMs: 5_000 })).ok).toBe(true);
  });

  it('turns what a header cannot carry into spaces', async () => {
    const heard: BusMessage[] = [];
    there.subscribe(start, (message) => heard.push(message));
    await there.flush();
    here.publish(start, '', { trace: ' a\r\nactor: agent:1002\u0000 ', binding: '' });
    await until(() => expect(heard).toHaveLength(1));
    expect(heard[0]?.headers).toEqual({ trace: 'a actor: agent:1002', binding: '' });
  });

  it('answers `busy` beyond its limit of open questions, and recovers', async () => {
    const limited = await connect({ maxOpenAsks: 1 });
    there.subscribe(start, () => undefined);
    await there.flush();
    const end = limited.ask(start, '', { onReply: () => undefined, onNoResponders: () => undefined });
    expect(await limited.request(start, 'x', { timeoutMs: 5_000 })).toEqual({ ok: false, error: 'busy' });
    end();
    await echo(there);
    expect((await limited.request(start, 'x', { timeoutMs: 5_000 })).ok).toBe(true);
  });

  it('handles what has arrived before it closes, then fails every call', async () => {
    const heard: string[] = [];
    const leaving = await connect();
    leaving.subscribe(start, ({ body }) => heard.push(body));
    there.subscribe(subjects.prepare('demo'), () => undefined);
    await Promise.all([leaving.flush(), there.flush()]);
    here.publish(start, 'last');
    await here.flush();
    const open = leaving.request(subjects.prepare('demo'), '{}', { timeoutMs: 60_000 });
    await leaving.drain();
    expect(heard).toEqual(['last']);
    expect(await open).toEqual({ ok: false, error: 'closed' });
    expect(await leaving.closed).toBe('closed');
    expect(leaving.publish(start, 'x')).toBe(false);
    expect(await leaving.request(start, 'x', { timeoutMs: 5_000 })).toEqual({ ok: false, error: 'closed' });
    leaving.subscribe(start, () => heard.push('never')).unsubscribe();
    await leaving.flush();
    await leaving.drain();
  });
});

/** A clock whose one running timer fires when told to. */
const drivenClock = () => {
  let due: () => void = () => undefined;
  return {
    now: () => 0,
    after: (_delayMs: number, task: () => void) => {
      due = task;
      return () => undefined;
    },
    fire: () => due(),
  };
};
