import { type SessionModel, type SessionObject } from '@cordboard/client';
import { type JsonObject } from '@cordboard/kernel';
import { describeEvent } from './describe-event.ts';
import { showAddressBooks, showDirectory, showQuestion, showScripts } from './describe-lists.ts';
import { describeModel } from './describe-object.ts';

const CALL = 'S.G.C.I.01a1fe9d-c19f-7e22-b5b9-00b143350000';
const ENDS_AT = Date.UTC(2026, 0, 2, 3, 4, 15);

const label = (language: string, name: string): JsonObject => ({
  language,
  country: 'US',
  name,
  description: '',
});

describe('describeEvent', () => {
  const shown = (name: string, data: JsonObject = {}, target = CALL): string =>
    describeEvent({ target, name, data, at: '2026-01-02T03:04:05.678Z' });

  it.each<[string, JsonObject, string]>([
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
    [
      'conversation.member.added',
      { member: { number: '5550100', name: 'Example Caller' } },
      '5550100 Example Caller',
    ],
    ['conversation.member.removed', { member: { number: '5550100' } }, '5550100'],
    ['interaction.preview', { interactionData: { ANI: '5550100' } }, '{"interactionData":{"ANI":"5550100"}}'],
    ['interaction.focuschanged', { conversation: { id: '0000000000350000' } }, '350000'],
    ['interaction.focuschanged', { conversation: null }, 'nothing'],
    ['conversation.transfer.failed', { reason: 'no such number' }, 'no such number'],
    ['conversation.disposed', {}, ''],
    [
      'channel.infochanged',
      {
        state: 'ACTIVE',
        agentStatus: { status: 'busy_ready', lastReasonCode: '', lastReasonName: '' },
        pending: { status: 'not_ready', reasonCode: '1', reasonName: 'Lunch' },
      },
      'ACTIVE agent busy_ready then not_ready 1 Lunch',
    ],
    [
      'channel.infochanged',
      {
        state: 'ACTIVE',
        agentStatus: { status: 'after_call_work', lastReasonCode: 'acw', lastReasonName: '' },
        afterCallWorkEndsAt: ENDS_AT,
      },
      'ACTIVE agent after_call_work acw until 03:04:15',
    ],
    [
      'session.externalnotreadyreasons.updated',
      {
        reasonCodes: [
          { reasonCodeCode: '1', labels: [label('de', 'Pause'), label('en', 'Lunch')] },
          { reasonCodeCode: '2', selectable: false, labels: [] },
        ],
      },
      '1 Lunch, 2 (not to choose)',
    ],
    [
      'session.externallogoutreasons.updated',
      { logoutReasons: [{ logoutReasonCode: '9', labels: [label('de', 'Ende')] }] },
      '9 Ende',
    ],
    [
      'channel.externaldispositions.updated',
      { dispositions: [{ dispositionCode: 'SALE', labels: [label('en', 'Sold')] }] },
      'SALE Sold',
    ],
    ['session.incontact.agentleg.failed', { error: 'no line' }, 'no line'],
    [
      'session.incontact.addressbook.updated',
      { addressbooks: [{ name: 'House' }] },
      'House changed; addressbook shows all',
    ],
  ])('%s %j', (name, data, said) => {
    expect(shown(name, data)).toBe(`03:04:05.678  350000  ${name.padEnd(27)} ${said}`.trimEnd());
  });

  it('is bounded and does not fail, whatever the data', () => {
    expect(shown('unknown.event', { text: 'x'.repeat(10_000) }).length).toBeLessThan(260);
    expect(shown('channel.created', { channel: 'text' })).toContain('channel.created');
    expect(shown('channel.infochanged', { afterCallWorkEndsAt: 1e300 })).toContain('until');
    expect(shown('session.initialized', {}, 'S')).toBe('03:04:05.678          session.initialized');
  });
});

describe('describeModel', () => {
  it('shows a tree of objects, the focus, and what can be done with each', () => {
    const object = (
      path: string,
      kind: SessionObject['kind'],
      more: Partial<SessionObject>,
    ): SessionObject => ({
      path,
      kind,
      parent: path.slice(0, path.lastIndexOf('.')),
      id: path.slice(path.lastIndexOf('.') + 1),
      state: null,
      initialized: true,
      capabilities: {},
      about: {},
      ...more,
    });
    const all = [
      object('S.G.C', 'channel', {
        state: 'ACTIVE',
        about: { name: '1001', type: 'TELEPHONY' },
        agentStatus: { status: 'busy_ready', lastReasonCode: '', lastReasonName: '' },
        pending: { status: 'not_ready', reasonCode: '1', reasonName: 'Lunch' },
        afterCallWorkEndsAt: ENDS_AT,
        capabilities: { 'channel.request.dial': true, 'channel.request.ready': false },
      }),
      object('S.G.C.I', 'interaction', { state: 'STARTED', focus: CALL.slice(8) }),
      object('S.G.D', 'channel', { state: 'INACTIVE', about: { name: '1001-chat', type: 'CHAT' } }),
      object(CALL, 'conversation', {
        state: 'TALKING',
        members: [{ number: '5550100', name: 'Example Caller' }],
        capabilities: { 'conversation.request.hold': true },
      }),
    ];
    const model: SessionModel = {
      initialized: true,
      objects: Object.fromEntries(all.map((one) => [one.path, one])),
      agentLeg: { state: 'failed', error: 'no line' },
    };
    expect(describeModel(model).split('\n')).toEqual([
      '  voice leg failed no line',
      '    channel C ACTIVE 1001 TELEPHONY agent busy_ready then not_ready 1 until 03:04:15  · can dial',
      '      interaction I STARTED',
      '        conversation 350000 TALKING in focus with 5550100 Example Caller  · can hold',
      '    channel D INACTIVE 1001-chat CHAT',
    ]);
  });
});

describe('lists', () => {
  it('shows numbers, scripts and skills', () => {
    expect(showDirectory({ entries: [{ name: 'Front desk', destination: '1000', type: 'internal' }] })).toBe(
      '  1000             Front desk internal',
    );
    expect(showScripts({ scripts: [{ scriptId: '7', scriptName: 'Welcome' }] })).toBe('  7 Welcome');
    expect(showQuestion({ skills: [{ id: '12', skillName: 'Sales' }] })).toBe(
      'Nothing was dialled: dial again with one of these skills behind the number.\n  12 Sales',
    );
  });

  it('shows address books, groups within them, and who is there', () => {
    const skill = {
      name: 'Sales',
      type: 'skill',
      destinations: [{ label: 'Skill', value: '7000' }],
      properties: { mediaType: 'Voice', numAvailable: 2, numUnavailable: 1, ewt: '10 s' },
    };
    const agent = { name: 'Agent Two', type: 'agent', destinations: [], properties: { state: 'Available' } };
    const group = { name: 'East', groups: [], entries: [skill] };
    expect(
      showAddressBooks({ addressbooks: [{ name: 'House', groups: [group], entries: [agent] }] }).split('\n'),
    ).toEqual([
      '  House',
      '    Agent Two (agent) Available',
      '    East',
      '      Sales (skill) Skill 7000 Voice 2 available 1 not waiting 10 s',
    ]);
  });

  it('says when there is nothing, and bounds what is much', () => {
    expect([showDirectory({}), showScripts({ scripts: 'x' }), showAddressBooks({})]).toEqual([
      '  the directory is empty',
      '  there are no scripts',
      '  there are no address books',
    ]);
    const entries = Array.from({ length: 300 }, (_, index) => ({ name: 'n', destination: String(index) }));
    expect(showDirectory({ entries }).split('\n').slice(-1)).toEqual(['  ... and 100 more']);
  });
});
