import { eventually, privateNats, type PrivateNats } from '@cordboard/testing';
import { answerReceipt, answerResult } from './answers.ts';
import { type Bus, type BusMessage } from './bus.ts';
import { deliver } from './deliver.ts';
import { HEADERS } from './headers.ts';
import { connectNats } from './nats-bus.ts';
import { type Subject, subjects } from './subjects.ts';
import { wallClock } from './wall-clock.ts';

const S = '01890a5d-ac96-774b-bcce-b302099a8057';
/** Waits until the expectation holds. */
const until = (check: () => void): Promise<boolean> =>
  eventually(() => {
    check();
    return true;
  });
const start = subjects.command('demo', { session: S }, 'session.start');

describe('a NATS connection', () => {
  let server: PrivateNats;
  let frozen = false;
  const buses: Bus[] = [];
  const connect = async (options: object = {}): Promise<Bus> => {
    const bus = await connectNats({ url: server.url, name: 'test', ...options });
    buses.push(bus);
    return bus;
  };

  beforeEach(async () => {
    server = await privateNats();
  });
  afterEach(async () => {
    if (frozen) process.kill(server.pid, 'SIGCONT');
    frozen = false;
    await Promise.all(buses.splice(0).map((bus) => bus.drain()));
    await server.stop();
  });
  const freeze = (): void => {
    frozen = true;
    process.kill(server.pid, 'SIGSTOP');
  };

  it('settles `closed` when the server dies, ends open questions, and does not come back', async () => {
    const bus = await connect();
    bus.subscribe(start, () => undefined);
    const open = bus.request(start, 'x', { timeoutMs: 60_000 });
    await bus.flush();
    await server.kill();
    expect(await bus.closed).toEqual(expect.any(String));
    expect(await open).toEqual({ ok: false, error: 'closed' });
    await server.restart();
    const fresh = await connect();
    await fresh.flush();
    expect(bus.publish(start, 'x')).toBe(false);
  });

  it('gives receipts when messages arrive, before the turn of each', async () => {
    const [asking, busy] = await Promise.all([connect(), connect()]);
    const order: string[] = [];
    const mayReceive = ({ body }: BusMessage): boolean => order.push(`${body} arrives`) > 0 && body !== 'c';
    const hear = (message: BusMessage): void => {
      order.push(`${message.body} has its turn`);
      // Longer than a slice: the others wait for the next ones.
      for (const until = performance.now() + 30; performance.now() < until;);
      answerResult(message, String(message.isReceived));
    };
    busy.subscribe(start, hear, { mayReceive });
    await busy.flush();
    const heard = ['a', 'b', 'c'].map((body) => {
      const answers: string[] = [];
      const onReply = (answer: BusMessage): unknown =>
        answers.push(answer.headers[HEADERS.reply] ?? '', answer.body);
      asking.ask(start, body, { onReply, onNoResponders: () => undefined });
      return answers;
    });
    await until(() =>
      expect(heard).toEqual([
        ['receipt', '', 'result', 'true'],
        ['receipt', '', 'result', 'true'],
        ['result', 'undefined'],
      ]),
    );
    expect(order.indexOf('c arrives')).toBeLessThan(order.indexOf('b has its turn'));
  });

  it('sends to others who got a receipt and is not heard after all', async () => {
    const [asking, busy] = await Promise.all([connect(), connect()]);
    const hear = (message: BusMessage): void => {
      if (message.body === 'b') subscription.unsubscribe();
      for (const until = performance.now() + 30; performance.now() < until;);
      answerResult(message, '');
    };
    const subscription = busy.subscribe(start, hear, { mayReceive: () => true });
    await busy.flush();
    const heard: string[] = [];
    for (const body of ['a', 'b', 'c']) {
      const onReply = ({ headers }: BusMessage): unknown => heard.push(`${body} ${headers[HEADERS.reply]}`);
      asking.ask(start, body, { onReply, onNoResponders: () => undefined });
    }
    const [a, b, c] = [
      ['a receipt', 'a result'],
      ['b receipt', 'b result'],
      ['c receipt', 'c not-me'],
    ];
    await until(() => expect([...heard].sort()).toEqual([...a, ...b, ...c].sort()));
  });

  it('sends what was said before it ends, in its order, whatever of it cannot be sent', async () => {
    const wrong: string[] = [];
    const [hearing, ending] = await Promise.all([
      connect(),
      connect({ onError: (_: unknown, subject: string) => wrong.push(subject) }),
    ]);
    const heard: string[] = [];
    hearing.subscribe(start, ({ body }) => heard.push(body));
    await hearing.flush();
    const said = Array.from({ length: 100 }, (_, n) => `${n} ${'x'.repeat(n % 10 === 9 ? 40_000 : 10)}`);
    for (const [n, body] of said.entries()) {
      if (n % 25 === 3) ending.publish('not a subject' as Subject, 'x');
      if (n % 2 === 0) expect(ending.publish(start, body)).toBe(true);
      else ending.ask(start, body, { onReply: () => undefined, onNoResponders: () => undefined });
    }
    await ending.drain();
    await until(() => expect(heard).toHaveLength(said.length));
    expect(heard).toEqual(said);
    expect(wrong).toEqual(Array(4).fill('not a subject'));
    expect(ending.publish(start, 'late')).toBe(false);
  });

  it('notices a server that hangs', async () => {
    const bus = await connect({ pingIntervalMs: 50 });
    freeze();
    expect(await bus.closed).toBe('the NATS server does not answer');
    expect(bus.publish(start, 'x')).toBe(false);
    await bus.flush();
  });

  it('gives up a server that does not take what is sent, before memory fills', async () => {
    const bus = await connect({ maxOutboundBytes: 4 * 1_024 * 1_024 });
    freeze();
    const flushed = bus.flush();
    const body = 'x'.repeat(512 * 1_024);
    let sent = 0;
    while (bus.publish(start, body)) sent += 1;
    expect(sent).toBe(8);
    expect(await bus.closed).toBe('the NATS server does not take what is sent');
    await flushed;
  });

  it('sends more than that limit to a server that takes it', async () => {
    const bus = await connect({ maxOutboundBytes: 1_024 * 1_024 });
    let heard = 0;
    bus.subscribe(start, () => (heard += 1));
    for (let index = 0; index < 64; index += 1) {
      expect(bus.publish(start, 'x'.repeat(64 * 1_024))).toBe(true);
      if (index % 8 === 7) await bus.flush();
    }
    await until(() => expect(heard).toBe(64));
  });

  it('tells in one line why it cannot connect, without the password', async () => {
    const wrong = new URL(server.url);
    wrong.password = 'not-the-password';
    const refused = connectNats({ url: wrong.href, name: 'test' });
    await expect(refused).rejects.toThrow(`NATS at ${wrong.host} cannot be reached`);
    await expect(refused).rejects.not.toThrow('not-the-password');
    await server.kill();
    await expect(connectNats({ url: server.url, name: 'test' })).rejects.toThrow('connection refused');
    await expect(connectNats({ url: 'http://x', name: 'test' })).rejects.toThrow('must look like nats://');
    await server.restart();
  });

  it('finds the next owner at once when the owner is gone', async () => {
    const [owner, claimer, sender] = await Promise.all([connect(), connect(), connect()]);
    owner.subscribe(subjects.commandsOf('demo', S), (message) => answerReceipt(message));
    claimer.subscribe(subjects.claims(), (message) => {
      answerReceipt(message);
      answerResult(message, `claimed ${message.headers.for}`);
    });
    await Promise.all([owner.flush(), claimer.flush()]);
    await owner.drain();
    const delivered = await deliver(sender, {
      subject: start,
      claim: subjects.claim('demo'),
      body: '{}',
      clock: wallClock,
      // Silence would cost ten seconds here: only the server's 503 can be faster.
      receiptMs: 10_000,
      timeoutMs: 5_000,
    });
    expect(delivered).toMatchObject({ ok: true, value: { body: `claimed ${start}` } });
  });
});
