import { type SessionModel, type SessionObject } from '@cordboard/client';
import { chooseObject } from './choose-object.ts';
import { describeEvent } from './describe-event.ts';
import { describeModel } from './describe-object.ts';
import { helpText, type Verb, VERBS } from './verbs.ts';

const CALL = 'S.G.C.I.01a1fe9d-c19f-7e22-b5b9-00b143350000';

const object = (more: Partial<SessionObject> & Pick<SessionObject, 'path' | 'kind'>): SessionObject => ({
  parent: more.path.slice(0, more.path.lastIndexOf('.')),
  id: more.path.slice(more.path.lastIndexOf('.') + 1),
  state: null,
  initialized: true,
  capabilities: {},
  about: {},
  ...more,
});

const modelOf = (...objects: readonly SessionObject[]): SessionModel => ({
  initialized: true,
  objects: Object.fromEntries(objects.map((one) => [one.path, one])),
});

const verb = (name: string): Verb => {
  const found = VERBS[name];
  if (found === undefined) throw new Error(`no verb ${name}`);
  return found;
};

const call = (path: string, state: string, can: readonly string[]): SessionObject =>
  object({
    path,
    kind: 'conversation',
    state,
    capabilities: Object.fromEntries(
      ['answer', 'hold', 'release'].map((name) => [`conversation.request.${name}`, can.includes(name)]),
    ),
  });

describe('chooseObject', () => {
  const held = call('S.G.C.I.held', 'HELD', ['release']);
  const talking = call(CALL, 'TALKING', ['hold', 'release']);

  it('takes the only object that can', () => {
    expect(chooseObject(modelOf(held, talking), verb('hold'))).toEqual({ ok: true, value: talking });
  });

  it('asks which one when several can, and takes the one named by the end of its id', () => {
    const model = modelOf(held, talking);
    expect(chooseObject(model, verb('release'))).toEqual({
      ok: false,
      error: 'Which one? Put its id at the end: held, 350000.',
    });
    expect(chooseObject(model, verb('release'), '350000')).toEqual({ ok: true, value: talking });
    expect(chooseObject(model, verb('release'), 'gone')).toEqual({
      ok: false,
      error: 'There is no conversation gone.',
    });
  });

  it('says why none can', () => {
    expect(chooseObject(modelOf(), verb('answer'))).toEqual({
      ok: false,
      error: 'There is no conversation now.',
    });
    expect(chooseObject(modelOf(held, talking), verb('answer'))).toEqual({
      ok: false,
      error: 'Not possible now: conversation held is HELD; conversation 350000 is TALKING.',
    });
  });

  it('does not take an object that another kind of command can mean', () => {
    expect(chooseObject(modelOf(talking), verb('ready')).ok).toBe(false);
  });
});

describe('describeEvent', () => {
  const shown = (name: string, data = {}, target = CALL): string =>
    describeEvent({ target, name, data, at: '2026-01-02T03:04:05.678Z' });

  it.each([
    [
      'state.updated',
      { objectType: 'conversation', state: 'HELD', previousState: 'TALKING' },
      'conversation HELD (was TALKING)',
    ],
    [
      'state.updated',
      { objectType: 'conversation', state: 'RINGING', previousState: null },
      'conversation RINGING',
    ],
    ['conversation.member.added', { member: { number: '5550100', name: 'Example' } }, '5550100 Example'],
    ['interaction.preview', { interactionData: { ANI: '5550100' } }, '{"interactionData":{"ANI":"5550100"}}'],
    ['conversation.disposed', {}, ''],
  ])('%s %j', (name, data, words) => {
    expect(shown(name, data)).toBe(`03:04:05.678  350000  ${name.padEnd(27)} ${words}`.trimEnd());
  });

  it('is bounded and does not fail, whatever the data', () => {
    expect(shown('unknown.event', { text: 'x'.repeat(10_000) }).length).toBeLessThan(260);
    expect(shown('channel.created', { channel: 'text' })).toContain('channel.created');
    expect(shown('session.initialized', {}, 'S')).toBe('03:04:05.678          session.initialized');
  });
});

describe('describeModel', () => {
  it('shows a tree of objects and what can be done with each', () => {
    const channel = object({
      path: 'S.G.C',
      kind: 'channel',
      state: 'ACTIVE',
      about: { name: '1001', type: 'TELEPHONY' },
      agentStatus: { status: 'ready', lastReasonCode: '', lastReasonName: '' },
      capabilities: { 'channel.request.dial': true, 'channel.request.ready': false },
    });
    const conversation = {
      ...call(CALL, 'TALKING', ['hold']),
      members: [{ number: '5550100', name: 'Example' }],
    };
    expect(describeModel(modelOf(channel, conversation)).split('\n')).toEqual([
      '    channel C ACTIVE 1001 TELEPHONY agent ready  · can dial',
      '        conversation 350000 TALKING with 5550100 Example  · can hold',
    ]);
  });
});

describe('helpText', () => {
  it('names every command', () => {
    for (const name of [...Object.keys(VERBS), 'state', 'logout', 'quit', 'help'])
      expect(helpText()).toContain(name);
  });
});
