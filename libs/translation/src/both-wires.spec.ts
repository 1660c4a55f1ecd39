import { parseRequest } from '@cordboard/agent-protocol';
import { answerSuccess, type CtiMessage, parseCtiMessage } from '@cordboard/cti-protocol';
import { type SessionEvent, type SessionInput, sessionDecider, type SessionState } from '@cordboard/domain';
import { formatTarget, type JsonObject, type Target, targetKind } from '@cordboard/kernel';
import { answerFromCti, commandFromWire, factFromCti, fromRecord, requestToCti, toRecord } from './index.ts';

const S = '0198f2c4-7a10-7abc-8def-0123456789ab';

/** What a phone with one inbound call answers. */
const ANSWERS: Readonly<Record<string, JsonObject>> = {
  'session.query.init': { 'channel-groups': [{ id: 'nG', name: 'Team' }], channels: [] },
  'channelgroup.query.init': { channels: [{ 'end-point': '1001', type: 'TELEPHONY' }] },
  'channel.query.init': { 'channel-state': 'ACTIVE', 'agent-state': { status: 'ready' }, interactions: [] },
  'interaction.query.init': {
    'interaction-state': 'ALERTING',
    'interaction-data': { ANI: '+12025550123', VIP: true },
    conversations: { primary: { id: 'nV1' } },
  },
  'conversation.query.init': {
    'conversation-state': 'RINGING',
    parties: [{ number: '+12025550123', name: 'Example' }],
  },
};

type Step = SessionInput extends infer One
  ? One extends SessionInput
    ? Omit<One, 'at' | 'seed'>
    : never
  : never;

/** A session whose every word passes both wires and the log as text. */
const openDesk = () => {
  let state: SessionState = sessionDecider.initialState;
  let folded: SessionState = sessionDecider.initialState;
  let steps = 0;
  const seen: { name: string; target: Target; data: JsonObject }[] = [];

  const record = (event: SessionEvent): void => {
    state = sessionDecider.evolve(state, event);
    const stored = JSON.parse(JSON.stringify(toRecord(event, state))) as ReturnType<typeof toRecord>;
    const read = fromRecord(stored);
    if (!read.ok) throw new Error(read.error);
    folded = sessionDecider.evolve(folded, read.value);
    if (stored.name !== null) seen.push({ name: stored.name, target: event.target, data: stored.data });
  };

  const take = (step: Step): void => {
    steps += 1;
    const seed = `0198f2c4-7a10-7abc-8def-${steps.toString(16).padStart(8, '0')}0000`;
    const decided = sessionDecider.decide(state, { ...step, at: steps, seed });
    if (!decided.ok) throw new Error(decided.error.message);
    decided.value.forEach(record);
    for (const event of decided.value) if (event.type === 'SwitchRequested') answer(event);
  };

  const answer = ({
    data: { requestId, request },
  }: Extract<SessionEvent, { type: 'SwitchRequested' }>): void => {
    const asked = parseCtiMessage(JSON.stringify(requestToCti(request, requestId, 'sim')));
    if (!asked.ok) throw new Error(asked.error);
    const { message } = asked.value;
    const said = answerSuccess(message, ANSWERS[message.header.name]);
    take({ kind: 'answer', requestId, answer: answerFromCti(request, said) });
  };

  const command = (name: string, target: string, data: JsonObject = {}): void => {
    const read = parseRequest(JSON.stringify({ command: name, requestId: `c${steps}`, target, data }));
    if (!read.ok || read.value.kind !== 'session') throw new Error(`${name} is no command`);
    take({
      kind: 'command',
      commandId: read.value.requestId,
      digest: name,
      binding: 'b1',
      command: commandFromWire(read.value),
      adapter: { instance: 'sim-1', capabilities: {} },
    });
  };

  const report = (name: string, target: Target, body: JsonObject = {}): void => {
    const path = formatTarget(target);
    const message: CtiMessage = { header: { type: 'cti.event', name, target: path }, body };
    const fact = factFromCti(message, target);
    if (!fact.ok) throw new Error(fact.error.reason);
    take({ kind: 'fact', fact: fact.value });
  };

  const policy = { resumeMs: 1_000_000, whenLapsed: 'keep', unboundMs: 1_000_000 } as const;
  take({
    kind: 'prepare',
    session: S,
    tenant: 'demo',
    processor: 'sim',
    agent: { id: '1001' },
    model: '',
    policy,
  });
  take({ kind: 'bind', client: 'tab', binding: 'b1', takeover: false });
  command('session.request.start', S);

  return {
    command,
    report,
    states: () => ({ state, folded }),
    names: () =>
      seen.map(({ name, target }) => (name === 'state.updated' ? `${name} ${targetKind(target)}` : name)),
    last: (name: string) => seen.filter((event) => event.name === name).at(-1),
    target: (name: string): Target =>
      seen.filter((event) => event.name === name).at(-1)?.target ?? { session: S },
    lastState: (target: Target) =>
      seen
        .filter(
          (event) => event.name === 'state.updated' && formatTarget(event.target) === formatTarget(target),
        )
        .at(-1),
  };
};

/** What of an object may be done now, by the last state.updated that said so. */
const permitted = (event: { readonly data: JsonObject } | undefined): readonly string[] =>
  Object.entries((event?.data.capabilities ?? {}) as JsonObject)
    .filter(([, allowed]) => allowed === true)
    .map(([name]) => name);

const ringing = () => {
  const desk = openDesk();
  desk.report('channel.interaction', desk.target('channel.infochanged'), { nativeid: 'nI' });
  return {
    desk,
    interaction: desk.target('interaction.initialized'),
    leg: desk.target('conversation.initialized'),
  };
};

describe('a call, in the words of both wires', () => {
  it('begins with what the switch has', () => {
    expect(openDesk().names()).toEqual([
      'channelgroup.created',
      'state.updated channelgroup',
      'channel.created',
      'channel.infochanged',
      'state.updated channel',
      'channel.initialized',
      'state.updated channelgroup',
      'channelgroup.initialized',
      'session.initialized',
    ]);
  });

  it('is announced with its people and its data', () => {
    const { desk } = ringing();
    expect(desk.names().slice(-9)).toEqual([
      'interaction.created',
      'state.updated interaction',
      'conversation.created',
      'state.updated conversation',
      'conversation.member.added',
      'conversation.initialized',
      'interaction.datachanged',
      'interaction.preview',
      'interaction.initialized',
    ]);
    expect(desk.last('conversation.member.added')?.data).toEqual({
      member: { number: '+12025550123', name: 'Example' },
    });
    expect(desk.last('interaction.preview')?.data).toEqual({
      interactionData: { ANI: '+12025550123', VIP: 'true' },
    });
  });

  it('permits what its state allows, by the newest names', () => {
    const { desk, leg } = ringing();
    const path = formatTarget(leg);
    const atLeg = (): readonly string[] => permitted(desk.lastState(leg));
    expect(atLeg()).toEqual(['conversation.request.answer', 'conversation.request.release']);
    desk.command('conversation.answer', path);
    desk.report('conversation.started', leg);
    desk.report('conversation.talking', leg);
    expect(atLeg()).toEqual([
      'conversation.request.release',
      'conversation.request.hold',
      'conversation.request.retrieve',
      'conversation.request.mute',
      'conversation.request.unmute',
      'conversation.request.senddtmf',
      'conversation.request.blindtransfer',
      'conversation.request.blindconference',
      'conversation.request.removeparty',
    ]);
    desk.command('conversation.request.hold', path);
    desk.report('conversation.held', leg);
    expect(desk.lastState(leg)?.data).toMatchObject({
      objectType: 'conversation',
      state: 'HELD',
      previousState: 'TALKING',
    });
  });

  it('ends, and the log tells the very same story', () => {
    const { desk, interaction, leg } = ringing();
    const path = formatTarget(leg);
    desk.command('conversation.answer', path);
    desk.report('conversation.started', leg);
    desk.report('conversation.talking', leg);
    desk.command('conversation.release', path);
    desk.report('conversation.ended', leg);
    expect(permitted(desk.lastState(interaction))).toEqual([
      'interaction.request.setinteractiondata',
      'interaction.request.setdisposition',
      'interaction.request.complete',
    ]);
    desk.command('interaction.complete', formatTarget(interaction));
    expect(desk.names().slice(-7)).toEqual([
      'state.updated conversation',
      'conversation.disposed',
      'interaction.ended',
      'state.updated interaction',
      'interaction.complete',
      'state.updated interaction',
      'interaction.disposed',
    ]);
    const { state, folded } = desk.states();
    expect(folded).toEqual(state);
    expect(state.interactions).toEqual([]);
  });
});
