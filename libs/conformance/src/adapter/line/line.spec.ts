import { type Json, type JsonObject } from '@cordboard/kernel';
import { type Carrier, type Said } from '../carrier/carrier.ts';
import { Line } from './line.ts';

const S = '01890000-0000-7000-8000-000000000001';
const [H, I, V] = [`${S}.g.h`, `${S}.g.h.i`, `${S}.g.h.i.v`];

/** A line to an adapter that says what it is told to say. */
const openLine = () => {
  let say: (said: Said) => void = () => undefined;
  const carrier: Carrier = {
    kind: 'memory',
    where: 'here',
    found: () => Promise.resolve(),
    hear: (listener) => void (say = listener),
    send: () => undefined,
    own: () => () => undefined,
    close: () => Promise.resolve(),
  };
  const line = new Line(carrier, { processor: 'sim', timeoutMs: 5, settleMs: 1 });
  const saysNext = (value: Json, ctiSeq?: number): void =>
    say({
      text: typeof value === 'string' ? value : JSON.stringify(value),
      ...(ctiSeq === undefined ? {} : { ctiSeq }),
    });
  const answered = (
    name: string,
    target: string,
    asked: JsonObject,
    body: JsonObject = {},
    header: JsonObject = {},
  ): void => {
    const requestId = line.send(name, target, asked);
    saysNext({
      header: { type: 'cti.response', name, target, requestId, result: 'SUCCESS', ...header },
      body,
    });
  };
  const told = (name: string, target: string, body: JsonObject = {}, ctiSeq?: number): void =>
    saysNext({ header: { type: 'cti.event', name, target }, body }, ctiSeq);
  return { line, saysNext, answered, told };
};

type Open = ReturnType<typeof openLine>;

const RINGING = { 'conversation-state': 'RINGING', parties: [{ number: '100' }] };
const ALERTING = {
  'interaction-state': 'ALERTING',
  'interaction-data': {},
  conversations: { primary: { id: 'nV' } },
};

const session = ({ answered }: Open): void => {
  answered('cti.request.createsession', 'sim.CONTROL', { id: S, agent: { id: '1001' } });
  answered('session.query.init', S, {}, { 'channel-groups': [{ id: 'nG' }] });
};
const channel = (open: Open): void => {
  session(open);
  open.answered('session.request.addchannelgroup', S, { id: 'g', nativeid: 'nG' });
  open.answered('channelgroup.request.addchannel', `${S}.g`, { id: 'h', nativeid: 'nH', type: 'TELEPHONY' });
  open.answered('channel.query.init', H, {}, { 'channel-state': 'ACTIVE', interactions: [] });
};
const call = (open: Open, reading: JsonObject = ALERTING): void => {
  channel(open);
  open.answered('channel.request.createinteraction', H, { id: 'i', nativeid: 'nI' });
  open.answered('interaction.query.init', I, {}, reading);
};
const leg = (open: Open, reading: JsonObject = RINGING): void => {
  call(open);
  open.answered('interaction.request.createconversation', I, { id: 'v', nativeid: 'nV' });
  open.answered('conversation.query.init', V, {}, reading);
};
const started = (open: Open): void => {
  leg(open);
  for (const name of ['started', 'talking', 'held']) open.told(`conversation.${name}`, V);
  open.told('conversation.partyadded', V, { number: '100' });
};

const event = (more: JsonObject): JsonObject => ({
  header: { type: 'cti.event', name: 'conversation.held', target: V, ...more },
  body: {},
});

describe('the rules of every message', () => {
  it.each<[string, string, (open: Open) => void]>([
    ['A.2', 'what is no JSON', ({ saysNext }) => saysNext('{')],
    [
      'A.2',
      'a request by the adapter',
      ({ saysNext }) => saysNext({ header: { type: 'cti.request', name: 'a', target: S, requestId: 'x' } }),
    ],
    [
      'A.3-id',
      'an answer to nothing',
      ({ saysNext }) =>
        saysNext({
          header: { type: 'cti.response', name: 'a', target: S, requestId: 'x', result: 'SUCCESS' },
        }),
    ],
    [
      'A.3-echo',
      'another target in the answer',
      ({ answered }) => answered('session.query.init', S, {}, { 'channel-groups': [] }, { target: H }),
    ],
    [
      'A.3-echo',
      'another name in the answer',
      ({ answered }) => answered('session.request.dispose', S, {}, {}, { name: 'session.request.logout' }),
    ],
    [
      'A.3-result',
      'a FAILURE without words',
      ({ answered }) => answered('session.request.dispose', S, {}, {}, { result: 'FAILURE' }),
    ],
    [
      'A.3-result',
      'a SUCCESS with an errorMessage',
      ({ answered }) => answered('session.request.dispose', S, {}, {}, { errorMessage: 'but' }),
    ],
    [
      'A.3-event',
      'an event with a requestId',
      (open) => (started(open), open.saysNext(event({ requestId: 'x' }))),
    ],
    [
      'A.3-event',
      'an event that nobody knows',
      (open) => (started(open), open.saysNext(event({ name: 'conversation.hummed' }))),
    ],
    [
      'A.3-event',
      'an event at another kind of object',
      (open) => (started(open), open.told('conversation.held', H)),
    ],
    ['B-body', 'an answer that does not fit', ({ answered }) => answered('session.query.init', S, {}, {})],
    [
      'C-body',
      'an event that does not fit',
      (open) => (started(open), open.told('conversation.partyadded', V, {})),
    ],
    [
      'A7-1',
      'an event before the reading',
      (open) => (
        channel(open),
        open.answered('channel.request.createinteraction', H, { id: 'i', nativeid: 'nI' }),
        open.told('interaction.alerting', I)
      ),
    ],
    ['A7-8', 'talking without a start', (open) => (leg(open), open.told('conversation.talking', V))],
    [
      'A7-9',
      'an event after the disposal',
      (open) => (
        started(open),
        open.answered('conversation.request.dispose', V, {}),
        open.told('conversation.ended', V)
      ),
    ],
    [
      'A7-10',
      'an event of something unknown',
      (open) => (channel(open), open.told('interaction.alerting', I)),
    ],
    [
      'A.6',
      'a call announced again',
      (open) => (call(open), open.told('channel.interaction', H, { nativeid: 'nI' })),
    ],
    ['V-1', 'no conversations', (open) => call(open, { 'interaction-state': 'ENDED' })],
    ['V-2', 'no primary', (open) => call(open, { ...ALERTING, conversations: {} })],
    [
      'V-3',
      'a consult too early',
      (open) => call(open, { ...ALERTING, conversations: { primary: { id: 'a' }, consult: { id: 'b' } } }),
    ],
    [
      'V-4',
      'a leg of a call that is over',
      (open) => call(open, { ...ALERTING, 'interaction-state': 'ENDED' }),
    ],
    [
      'V-5',
      'a third leg',
      (open) => call(open, { ...ALERTING, conversations: { primary: { id: 'a' }, other: { id: 'b' } } }),
    ],
    ['V-7', 'no parties', (open) => leg(open, { 'conversation-state': 'RINGING' })],
    ['V-8', 'an empty list of parties', (open) => leg(open, { ...RINGING, parties: [] })],
    [
      'K9',
      'a number left out',
      (open) => (channel(open), open.told('channel.ready', H, {}, 1), open.told('channel.ready', H, {}, 3)),
    ],
  ])('%s is broken by %s', (rule, _what, act) => {
    const open = openLine();
    act(open);
    expect([...open.line.book.breaches.keys()]).toContain(rule);
  });

  it('A8-1 is broken by a second answer, and by none', async () => {
    const twice = openLine();
    const answer = { type: 'cti.response', name: 'session.request.dispose', target: S, result: 'SUCCESS' };
    const requestId = twice.line.send('session.request.dispose', S);
    twice.saysNext({ header: { ...answer, requestId } });
    expect(twice.line.book.breaches.size).toBe(0);
    twice.saysNext({ header: { ...answer, requestId } });
    expect([...twice.line.book.breaches.keys()]).toEqual(['A8-1']);
    const never = openLine();
    await expect(never.line.ask('session.request.dispose', S)).rejects.toThrow(
      'an answer to session.request.dispose within 5 ms',
    );
    expect([...never.line.book.breaches.keys()]).toEqual(['A8-1']);
  });

  it('are kept by a call as it should be, numbered anew after each createsession', () => {
    const open = openLine();
    started(open);
    open.told('conversation.ended', V, {}, 1);
    open.answered('conversation.request.dispose', V, {});
    channel(open);
    open.told('channel.ready', H, {}, 1);
    expect([...open.line.book.breaches]).toEqual([]);
  });
});
