import { virtualClock } from '@cordboard/testing';
import { answerNotMe, answerReceipt, answerResult } from './answers.ts';
import { type BusMessage } from './bus.ts';
import { deliver, type Delivery } from './deliver.ts';
import { createMemoryNetwork, type MemoryBus } from './memory-network.ts';
import { OWNERS_QUEUE, subjects } from './subjects.ts';

const S = '01890a5d-ac96-774b-bcce-b302099a8057';
const subject = subjects.command('demo', { session: S }, 'channel.request.ready');
const claim = subjects.claim('demo');
const FILTERS = { owner: subjects.commandsOf('demo', S), claim: subjects.claims() };

/** Lets everything that is on its way arrive. */
const settle = (): Promise<void> => new Promise(setImmediate);

interface Heard {
  readonly at: number;
  readonly to: 'owner' | 'claim' | 'any';
  readonly message: BusMessage;
}

const stage = (options: { readonly maxOpenAsks?: number } = {}) => {
  const clock = virtualClock(0);
  const network = createMemoryNetwork();
  const sender = network.connect({ ...options, clock });
  const heard: Heard[] = [];
  let outcome: Awaited<ReturnType<typeof deliver>> | undefined;
  const join = (to: Heard['to'], react: (message: BusMessage) => void = () => undefined): MemoryBus => {
    const bus = network.connect({ clock });
    const hear = (message: BusMessage): void => {
      heard.push({ at: clock.now(), to, message });
      react(message);
    };
    if (to === 'any') bus.subscribe(subjects.claimsByAny(), hear);
    else bus.subscribe(FILTERS[to], hear, { queue: OWNERS_QUEUE });
    return bus;
  };
  const send = async (extra: Partial<Delivery> = {}): Promise<void> => {
    const headers = { actor: 'agent:1001' };
    const delivery = {
      subject,
      claim,
      body: '{"requestId":"r1"}',
      headers,
      clock,
      timeoutMs: 150_000,
      ...extra,
    };
    void deliver(sender, delivery).then((value) => (outcome = value));
    await settle();
  };
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 10) {
      clock.advance(Math.min(10, left));
      await settle();
    }
  };
  return {
    clock,
    sender,
    heard,
    join,
    send,
    pass,
    outcome: () => outcome,
    times: () => heard.map(({ at, to }) => `${to}@${at}`),
  };
};

const done = (body: string) => ({ ok: true, value: expect.objectContaining({ body }) as unknown });

describe('asked until answered', () => {
  it('gives the result of an owner that answers at once, and leaves nothing behind', async () => {
    const { join, send, outcome, clock, heard, sender } = stage({ maxOpenAsks: 1 });
    join('owner', (message) => answerResult(message, 'done'));
    await send();
    expect(outcome()).toEqual(done('done'));
    const next = await sender.request(subjects.prepare('demo'), '', { timeoutMs: 1 });
    expect(next).toEqual({ ok: false, error: 'no-responders' });
    expect(heard[0]?.message).toMatchObject({ body: '{"requestId":"r1"}', headers: { actor: 'agent:1001' } });
    expect(clock.waiting()).toBe(0);
  });

  it('waits after a receipt, repeating each second until the result comes', async () => {
    const { join, send, pass, outcome, times, clock } = stage();
    const waiting: BusMessage[] = [];
    join('owner', (message) => {
      answerReceipt(message);
      waiting.push(message);
    });
    await send();
    await pass(2_500);
    expect(times()).toEqual(['owner@0', 'owner@1000', 'owner@2000']);
    expect(outcome()).toBeUndefined();
    for (const message of waiting) answerResult(message, 'slow');
    await settle();
    expect(outcome()).toEqual(done('slow'));
    expect(clock.waiting()).toBe(0);
  });

  it('takes the first of several results', async () => {
    const { join, send, outcome } = stage();
    join('owner', (message) => {
      answerResult(message, 'first');
      answerResult(message, 'second');
    });
    await send();
    expect(outcome()).toEqual(done('first'));
  });

  it('claims at once when there is no owner, naming the subject that had none', async () => {
    const { join, send, outcome, times, heard } = stage();
    join('claim', (message) => answerResult(message, 'claimed'));
    await send();
    expect(times()).toEqual(['claim@0']);
    expect(heard[0]?.message.headers).toEqual({ actor: 'agent:1001', for: subject });
    expect(heard[0]?.message.body).toBe('{"requestId":"r1"}');
    expect(outcome()).toEqual(done('claimed'));
  });

  it('passes by an owner that is silent for 150 ms', async () => {
    const { join, send, pass, outcome, times } = stage();
    join('owner');
    join('claim', (message) => answerResult(message, 'claimed'));
    await send();
    await pass(140);
    expect(times()).toEqual(['owner@0']);
    await pass(10);
    expect(times()).toEqual(['owner@0', 'claim@150']);
    expect(outcome()).toEqual(done('claimed'));
  });

  it('still takes the answer of an owner that was only slow', async () => {
    const { join, send, pass, outcome, heard } = stage();
    join('owner');
    join('claim', answerReceipt);
    await send();
    await pass(300);
    answerResult(heard[0]?.message as BusMessage, 'slow, not dead');
    await settle();
    expect(outcome()).toEqual(done('slow, not dead'));
  });

  it('goes to the claim group when the owner dies after its receipt', async () => {
    const { join, send, pass, outcome, times } = stage();
    const owner = join('owner', answerReceipt);
    join('claim', (message) => answerResult(message, 'recorded'));
    await send();
    owner.sever();
    await pass(1_000);
    expect(times()).toEqual(['owner@0', 'claim@1000']);
    expect(outcome()).toEqual(done('recorded'));
  });

  it('asks the owner again when a claim stays silent', async () => {
    const { join, send, pass, outcome, times } = stage();
    join('claim');
    await send();
    await pass(140);
    join('owner', (message) => answerResult(message, 'owned now'));
    await pass(10);
    expect(times()).toEqual(['claim@0', 'owner@150']);
    expect(outcome()).toEqual(done('owned now'));
  });

  it('passes a claimer by that hangs, ever more patiently', async () => {
    const { join, send, pass, outcome, times } = stage();
    join('claim');
    await send();
    await pass(2_000);
    expect(times()).toEqual([0, 150, 300, 500, 900, 1_700].map((at) => `claim@${at}`));
    join('owner', (message) => answerResult(message, 'owned now'));
    await pass(1_000);
    expect(outcome()).toEqual(done('owned now'));
  });

  it('lets every worker hear the claim that the chosen one left unanswered', async () => {
    const { join, send, pass, outcome, times, heard } = stage();
    join('owner');
    join('claim');
    join('any', (message) => answerResult(message, 'claimed'));
    join('any');
    await send();
    await pass(300);
    expect(times()).toEqual(['owner@0', 'claim@150', 'any@230', 'any@230']);
    expect(heard[2]?.message.headers).toEqual({ actor: 'agent:1001', for: subject, silent: 'true' });
    expect(outcome()).toEqual(done('claimed'));
  });

  it('outlives a fleet that restarts, asking less and less often', async () => {
    const { join, send, pass, outcome, times, clock } = stage();
    await send();
    await pass(10_000);
    expect(outcome()).toBeUndefined();
    join('claim', (message) => answerResult(message, 'back'));
    await pass(1_000);
    expect(times()).toHaveLength(1);
    expect(outcome()).toEqual(done('back'));
    expect(clock.waiting()).toBe(0);
  });

  it('waits between tries 50 ms at first, never more than a second', async () => {
    const { pass, sender, clock } = stage();
    const asks: number[] = [];
    const counted = { ...sender, ask: countAsks(sender, () => asks.push(clock.now())) };
    void deliver(counted, { subject, claim, body: '', clock, timeoutMs: 4_000 });
    await settle();
    await pass(4_500);
    const tries = asks.filter((_at, index) => index % 2 === 0);
    expect(tries).toEqual([0, 50, 150, 350, 750, 1_550, 2_550, 3_550]);
    expect(clock.waiting()).toBe(0);
  });

  it('takes nothing but a receipt for a receipt', async () => {
    const { join, send, pass, times } = stage();
    join('owner', (message) => message.reply?.('', { reply: 'gossip' }));
    join('claim');
    await send();
    await pass(150);
    expect(times()).toEqual(['owner@0', 'claim@150']);
  });

  it('claims once although the news that nobody owns comes after the patience is over', async () => {
    const { join, pass, sender, clock, times } = stage();
    join('claim', answerReceipt);
    const slow: MemoryBus = {
      ...sender,
      ask: (to, body, handlers) =>
        sender.ask(to, body, {
          ...handlers,
          onNoResponders: (why) => void clock.after(200, () => handlers.onNoResponders(why)),
        }),
    };
    void deliver(slow, { subject, claim, body: '', clock, timeoutMs: 900 });
    await pass(900);
    expect(times()).toEqual(['claim@150']);
  });

  it('gives up at its limit, whatever the receipts said', async () => {
    const { join, send, pass, outcome, clock } = stage();
    join('owner', answerReceipt);
    await send({ timeoutMs: 3_000 });
    await pass(2_990);
    expect(outcome()).toBeUndefined();
    await pass(10);
    expect(outcome()).toEqual({ ok: false, error: 'timeout' });
    expect(clock.waiting()).toBe(0);
  });

  it('has no limit when told so, but ends with its connection', async () => {
    const { join, send, pass, outcome, sender, clock } = stage();
    join('owner', answerReceipt);
    await send({ timeoutMs: Infinity });
    await pass(5_000);
    expect(outcome()).toBeUndefined();
    sender.sever();
    await settle();
    expect(outcome()).toEqual({ ok: false, error: 'closed' });
    expect(clock.waiting()).toBe(0);
  });

  it('says so when its message is larger than the server takes', async () => {
    const { send, outcome, clock } = stage();
    await send({ body: 'x'.repeat(2_000_000) });
    expect(outcome()).toEqual({ ok: false, error: 'too-large' });
    expect(clock.waiting()).toBe(0);
  });

  it('ends when cancelled, before or after its start', async () => {
    const { join, send, outcome, heard, clock } = stage();
    join('owner', answerReceipt);
    const controller = new AbortController();
    await send({ signal: controller.signal });
    controller.abort();
    await settle();
    expect(outcome()).toEqual({ ok: false, error: 'cancelled' });
    expect(clock.waiting()).toBe(0);
    await send({ signal: controller.signal });
    expect(heard).toHaveLength(1);
  });

  it('waits for an owner when it must not claim', async () => {
    const { join, send, pass, outcome, times } = stage();
    join('claim');
    await send({ claim: undefined });
    await pass(500);
    join('owner', (message) => answerResult(message, 'winner'));
    await pass(1_000);
    expect(times()).toHaveLength(1);
    expect(outcome()).toEqual(done('winner'));
  });

  it('keeps few questions open however long it is ignored', async () => {
    const { join, send, pass, outcome, times } = stage({ maxOpenAsks: 4 });
    join('owner');
    join('claim');
    await send();
    await pass(20_000);
    expect(times().length).toBeGreaterThan(16);
    join('claim', (message) => answerResult(message, 'at last'));
    await pass(3_000);
    expect(outcome()).toEqual(done('at last'));
  });

  it('tries again when its connection has too many open questions', async () => {
    const { join, send, pass, outcome, sender } = stage({ maxOpenAsks: 1 });
    join('owner', (message) => answerResult(message, 'done'));
    const other = subjects.prepare('demo');
    sender.subscribe(other, () => undefined);
    const end = sender.ask(other, '', { onReply: () => undefined, onNoResponders: () => undefined });
    await send();
    await pass(100);
    expect(outcome()).toBeUndefined();
    end();
    await pass(500);
    expect(outcome()).toEqual(done('done'));
  });
});

const countAsks =
  (bus: MemoryBus, count: () => void): MemoryBus['ask'] =>
  (...question) => {
    count();
    return bus.ask(...question);
  };

describe('a worker that cannot serve the session', () => {
  it('is passed by at once, and more slowly when it is the only kind there is', async () => {
    const { join, send, pass, times, outcome } = stage();
    let refusals = 6;
    join('claim', (message) => {
      answerReceipt(message);
      refusals -= 1;
      if (refusals >= 0) answerNotMe(message);
      else answerResult(message, 'done');
    });
    await send();
    expect(times()).toEqual(['claim@0', 'claim@0', 'claim@0', 'claim@0']);
    await pass(1_000);
    expect(times().slice(4)).toEqual(['claim@50', 'claim@150', 'claim@350']);
    expect(outcome()).toMatchObject({ ok: true, value: { body: 'done' } });
  });

  it('is not believed once a later question was taken by another', async () => {
    const { join, send, pass, heard, times } = stage();
    join('claim', (message) => {
      if (heard.length > 1) answerReceipt(message);
    });
    await send();
    await pass(200);
    const [first] = heard;
    if (first !== undefined) answerNotMe(first.message);
    await pass(500);
    expect(times()).toEqual(['claim@0', 'claim@150']);
  });
});
