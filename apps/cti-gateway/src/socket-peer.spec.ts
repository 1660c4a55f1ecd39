import { answerSuccess, type CtiMessage } from '@cordboard/cti-protocol';
import { type JsonObject } from '@cordboard/kernel';
import { sequentialIds, virtualClock } from '@cordboard/testing';
import { type GatewayCounter } from './gateway-ports.ts';
import { ANSWER_LIMIT_MS, MAX_QUESTIONS } from './limits.ts';
import { createSocketPeer } from './socket-peer.ts';

const MAX_BYTES = 4_096;

const setUp = () => {
  const clock = virtualClock();
  const ids = sequentialIds();
  const sent: CtiMessage[] = [];
  const events: CtiMessage[] = [];
  const counted: GatewayCounter[] = [];
  const logged: string[] = [];
  const write = (message: string): void => void logged.push(message);
  const peer = createSocketPeer(
    {
      clock,
      newId: ids.next,
      log: { info: write, warn: write, error: write },
      count: (name) => void counted.push(name),
      maxBytes: MAX_BYTES,
    },
    'acme',
    (text) => void sent.push(JSON.parse(text) as CtiMessage),
  );
  peer.onEvent((event) => void events.push(event));
  const hear = (message: unknown): void =>
    peer.take({ kind: 'frame', text: typeof message === 'string' ? message : JSON.stringify(message) });
  return { clock, sent, events, counted, logged, peer, hear };
};

const question = (requestId: string, target = 's.g.c', name = 'channel.query.init'): CtiMessage => ({
  header: { type: name.includes('.query.') ? 'cti.query' : 'cti.request', name, target, requestId },
  body: { a: 'é€😀' },
});
const event = (target = 's.g.c', body: JsonObject = {}): CtiMessage => ({
  header: { type: 'cti.event', name: 'channel.activated', target },
  body,
});

describe('questions to an adapter on a socket', () => {
  it('are sent as they are; answers find them by their id, in any order', () => {
    const { peer, sent, hear } = setUp();
    const answers: string[] = [];
    for (const id of ['r1', 'r2']) {
      peer.ask(question(id), ({ header }) => void answers.push(`${id} ${header.requestId ?? ''}`));
    }
    expect(sent).toEqual([question('r1'), question('r2')]);
    hear(answerSuccess(question('r2')));
    hear(answerSuccess(question('r1')));
    expect(answers).toEqual(['r2 r2', 'r1 r1']);
  });

  it('take an answer under the wrong name', () => {
    const { peer, hear } = setUp();
    const answers: string[] = [];
    const asked = question('r1', 's.g.c.i', 'interaction.request.consulttransfer');
    peer.ask(asked, ({ header }) => void answers.push(header.name));
    hear(answerSuccess(question('r1', 's.g.c.i', 'interaction.request.reject')));
    expect(answers).toEqual(['interaction.request.reject']);
  });

  it('of one id about two objects are told apart by the object', () => {
    const { peer, hear } = setUp();
    const answers: string[] = [];
    for (const target of ['s1', 's2']) {
      peer.ask(question('r1', target), ({ header }) => void answers.push(`${target} ${header.target}`));
    }
    hear(answerSuccess(question('r1', 's2')));
    hear(answerSuccess(question('r1', 's1')));
    expect(answers).toEqual(['s2 s2', 's1 s1']);
  });

  it('are answered once: doubled, late and unknown answers are dropped', () => {
    const { peer, hear, counted, clock } = setUp();
    const answers: string[] = [];
    peer.ask(question('r1'), ({ header }) => void answers.push(header.result ?? ''));
    hear(answerSuccess(question('r1')));
    hear(answerSuccess(question('r1')));
    hear(answerSuccess(question('r9')));
    peer.ask(question('r2'), ({ header }) => void answers.push(header.errorMessage ?? ''));
    clock.advance(ANSWER_LIMIT_MS);
    hear(answerSuccess(question('r2')));
    expect(answers).toEqual(['SUCCESS', 'the adapter did not answer within 120 s']);
    expect(counted).toEqual([
      'answers_unknown',
      'answers_unknown',
      'questions_unanswered',
      'answers_unknown',
    ]);
  });

  it('are refused when too many are open', () => {
    const { peer, sent, counted, clock } = setUp();
    for (let n = 0; n < MAX_QUESTIONS; n += 1) peer.ask(question(`r${n}`), () => undefined);
    let refused = '';
    peer.ask(question('more'), ({ header }) => void (refused = header.errorMessage ?? ''));
    expect([refused, sent.length, counted]).toEqual([
      'too many questions to the adapter are open',
      MAX_QUESTIONS,
      ['questions_refused'],
    ]);
    peer.end();
    expect(clock.waiting()).toBe(0);
  });

  it('of the gateway itself have ids of their own', async () => {
    const { peer, sent, hear } = setUp();
    const told = peer.control('cti.request.serverstatus', { status: 'STOPPING' });
    expect(sent).toMatchObject([
      {
        header: { type: 'cti.request', name: 'cti.request.serverstatus', target: 'acme.CONTROL' },
        body: { status: 'STOPPING' },
      },
    ]);
    if (sent[0] !== undefined) hear(answerSuccess(sent[0]));
    await told;
  });
});

describe('events of an adapter on a socket', () => {
  it('go on in order, doubled ones too', () => {
    const { hear, events } = setUp();
    const said = [event('acme.CONTROL'), event('s'), event('s.g.c', { nativeid: 'n' })];
    for (const one of [...said, ...said]) hear(one);
    expect(events).toEqual([...said, ...said]);
  });

  it('lose what cannot be stored, and are counted', () => {
    const { hear, events, counted } = setUp();
    hear(event('s', { a: 'b\u0000' }));
    expect(events).toEqual([event('s', { a: 'b\uFFFD' })]);
    expect(counted).toEqual(['messages_repaired']);
  });
});

describe('what an adapter should not send', () => {
  it.each<[string, unknown, GatewayCounter]>([
    ['no JSON', '{', 'messages_malformed'],
    ['nothing', ' ', 'messages_malformed'],
    ['no object', '[]', 'messages_malformed'],
    ['no header', '{"body":{}}', 'messages_malformed'],
    ['a header that is text', '{"header":"x","body":{}}', 'messages_malformed'],
    ['an unknown type', { header: { ...event().header, type: 'cti.shout' } }, 'messages_malformed'],
    ['a second hello', { header: { type: 'cti.hello' }, body: {} }, 'messages_malformed'],
    ['a body that is text', { header: event().header, body: 'x' }, 'messages_malformed'],
    ['a query', question('r1'), 'messages_unexpected'],
    ['a request', question('r1', 's', 'session.request.logout'), 'messages_unexpected'],
    ['an event of another processor', event('other.CONTROL'), 'messages_unexpected'],
    ['an event of no object', event('s..c'), 'messages_unexpected'],
    ['an event of the root of control', event('CONTROL'), 'messages_unexpected'],
    ['an answer that nobody waits for', answerSuccess(question('r1')), 'answers_unknown'],
    ['an event that is too large', event('s', { a: 'x'.repeat(MAX_BYTES) }), 'messages_oversized'],
    [
      'an event that is larger than it looks',
      `{"header":{"type":"cti.event","name":"session.ended","target":"s"},"body":{"a":[${'1e20,'.repeat(700)}1]}}`,
      'messages_oversized',
    ],
  ])('%s is dropped, counted and logged; the rest goes on', (_what, message, counter) => {
    const { hear, events, counted, logged } = setUp();
    hear(message);
    hear(event());
    expect(counted).toEqual([counter]);
    expect(logged).toHaveLength(1);
    expect(events).toEqual([event()]);
  });

  it.each<[string, (text: string) => Parameters<ReturnType<typeof setUp>['peer']['take']>[0]]>([
    ['read', (text) => ({ kind: 'frame', text })],
    ['skipped', (text) => ({ kind: 'oversized', bytes: text.length, head: text.slice(0, 1_000) })],
  ])('an answer that is too large fails its question: %s', (_how, frame) => {
    const { peer, counted, hear } = setUp();
    const answers: CtiMessage[] = [];
    peer.ask(question('r1'), (answer) => void answers.push(answer));
    const text = JSON.stringify(answerSuccess(question('r1'), { a: 'x'.repeat(MAX_BYTES) }));
    peer.take(frame(text));
    expect(answers).toMatchObject([{ header: { requestId: 'r1', result: 'FAILURE' }, body: {} }]);
    expect(answers[0]?.header.errorMessage).toContain(`${text.length} bytes; ${MAX_BYTES} is the limit`);
    hear(answerSuccess(question('r1')));
    expect(counted).toEqual(['messages_oversized', 'answers_unknown']);
  });

  it('a frame whose header cannot be found is dropped', () => {
    const { peer, counted } = setUp();
    peer.take({ kind: 'oversized', bytes: 10_000, head: '{"body":{"a":"' });
    expect(counted).toEqual(['messages_oversized']);
  });
});
