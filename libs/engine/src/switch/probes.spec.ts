import { EMPTY_HOUSE } from '@cordboard/domain';
import { type JsonObject } from '@cordboard/kernel';
import { officeInCall } from '@cordboard/testing';

const HOLD = 'conversation.request.hold';

/** A request that gets no answer; what happens then; when the command ends, in s; and the questions heard. */
const SILENCES = [
  ['an answer was lost', 'final', 2, 'success', ['', '?']],
  ['a request was lost', 'never-seen', 2, 'CTI_ERROR', ['', '?']],
  [
    'an adapter is slow: it is asked less and less',
    'pending',
    30,
    'CTI_ERROR',
    ['', '?', '?', '?', '?', '?'],
  ],
  ['an adapter hangs', 'silent', 30, 'CTI_ERROR', ['', ...Array<string>(15).fill('?')]],
  ['a line is cut while it is asked', 'away', 4, 'success', ['', '?']],
] as const;

describe('an owner that hears nothing of its request asks what became of it', () => {
  it.each(SILENCES)('%s', async (_, probed, seconds, ending, questions) => {
    const { adapter, send, turn, pass, place, clock, conversation } = await officeInCall();
    const [from, before, waiting] = [clock.now(), adapter.heard.length, clock.waiting()];
    adapter.script(HOLD, 'silent');
    const asked = send(HOLD, conversation);
    await turn();
    if (probed === 'away') {
      adapter.status();
      adapter.leave();
      await pass(2_500);
      adapter.comeBack();
    }
    if (probed !== 'silent') adapter.script(HOLD, {});
    if (probed === 'never-seen' || probed === 'pending') adapter.onProbe(probed);
    const { result, failure } = await asked;
    expect(failure?.code ?? result).toBe(ending);
    expect(Math.floor((clock.now() - from) / 1_000)).toBe(seconds);
    const heard = adapter.heard.slice(before).filter((name) => name.startsWith(HOLD));
    expect(heard).toEqual(questions.map((mark) => HOLD + mark));
    expect(place.counts.get('switch_probes')).toBe(probed === 'away' ? 2 : questions.length - 1);
    await pass(10_000);
    expect(adapter.heard.slice(before).filter((name) => name.startsWith(HOLD))).toEqual(heard);
    expect(clock.waiting()).toBeLessThanOrEqual(waiting);
  });
});

/** Commands whose request must never be carried out twice; in a call, or with two legs. */
const COMMANDS: readonly (readonly [
  string,
  'interaction' | 'conversation' | 'session',
  JsonObject,
  string,
  boolean,
])[] = [
  ['interaction.request.consult', 'interaction', { destination: '5' }, 'interaction.request.consult', false],
  ['interaction.request.alternate', 'interaction', {}, 'interaction.request.alternate', true],
  ['interaction.request.consulttransfer', 'interaction', {}, 'interaction.request.consulttransfer', true],
  ['interaction.request.consultconference', 'interaction', {}, 'interaction.request.consultconference', true],
  ['interaction.request.incontact.signal', 'interaction', { p1: '1' }, 'interaction.request.signal', false],
  [
    'conversation.request.blindtransfer',
    'conversation',
    { destination: '5' },
    'conversation.request.transfer',
    false,
  ],
  [
    'conversation.request.blindconference',
    'conversation',
    { destination: '5' },
    'conversation.request.conference',
    false,
  ],
  ['conversation.request.senddtmf', 'conversation', { digits: '1' }, 'conversation.request.senddtmf', false],
  ['session.request.incontact.agentleg.connect', 'session', {}, 'session.request.agentleg', false],
];

const PROBED = ['final', 'never-seen', 'pending'] as const;

describe.each(PROBED)('a request whose owner died, of which the adapter says %s', (answer) => {
  it.each(COMMANDS)('%s is not carried out again', async (name, at, data, question, consult) => {
    const call = await officeInCall({ consult });
    const { adapter, hire, send, turn, place, stream, session } = call;
    await hire('w2');
    const before = adapter.heard.length;
    adapter.script(question, 'silent');
    const asked = send(name, call[at], data);
    await turn();
    adapter.script(question, question === 'interaction.request.consult' ? { nativeid: 'leg2' } : {});
    adapter.onProbe(answer);
    place.bus.sever();
    const { result, failure } = await asked;
    expect([result, failure?.code]).toEqual(
      answer === 'final' ? ['success', undefined] : ['failure', 'CTI_ERROR'],
    );
    const heard = adapter.heard.slice(before).filter((one) => one.replace('?', '') === question);
    const probes = answer === 'pending' ? 5 : 1;
    expect(heard).toEqual([question, ...Array<string>(probes).fill(`${question}?`)]);
    const answered = stream(session).filter(({ type }) => type === 'SwitchAnswered');
    const causes = answered.map(({ data: told }) => (told.answer as { readonly cause?: string }).cause);
    expect(causes).toContain({ final: undefined, 'never-seen': 'never-seen', pending: 'timeout' }[answer]);
  });
});

describe('what waits for its time', () => {
  it('is let through by the next owner, two seconds after the consult was agreed to', async () => {
    const call = await officeInCall();
    const { adapter, hire, send, turn, place, clock, events, interaction, settle, session, types } = call;
    adapter.script('interaction.request.consult', { nativeid: 'leg2' });
    adapter.script('conversation.query.init', { 'conversation-state': 'DIALING', parties: [] });
    const from = events.length;
    expect((await send('interaction.request.consult', interaction, { destination: '5' })).result).toBe(
      'success',
    );
    await hire('w2');
    place.bus.sever();
    await settle(adapter.report('interaction.datachanged', interaction, { 'interaction-data': { k: 'v' } }));
    expect(types(session)).not.toContain('InteractionHoldBackEnded');
    clock.advance(2_100);
    await turn();
    expect(types(session)).toContain('InteractionHoldBackEnded');
    expect(events.slice(from).map(({ name }) => name)).toContain('conversation.created');
  });

  it('is after-call work, that the next owner ends', async () => {
    const queues = { 7001: { wrapUpMs: 10_000, dispositionRequired: false } };
    const house = () => ({ ...EMPTY_HOUSE, queues });
    const call = await officeInCall({ house });
    const { hire, tell, turn, place, clock, interaction, conversation, channel, types, session } = call;
    await tell('interaction.datachanged', interaction, { 'interaction-data': { QUEUE: '7001' } });
    await tell('conversation.ended', conversation);
    await tell('interaction.ended', interaction);
    await tell('channel.notready', channel, { reasoncode: 'acw' });
    expect(types(session)).toContain('AfterCallWorkBegan');
    await hire('w2', { house });
    place.bus.sever();
    for (let second = 0; second < 12; second += 1) {
      clock.advance(1_000);
      await turn();
    }
    expect(types(session).filter((type) => type === 'AfterCallWorkEnded')).toHaveLength(1);
    expect(types(session).filter((type) => type === 'OwnershipClaimed')).toHaveLength(1);
  });
});
