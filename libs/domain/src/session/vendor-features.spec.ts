import {
  FULL_ADAPTER,
  inWords,
  MANY_CHANNELS,
  RESUME_POLICY,
  type SessionScenario,
  sessionScenario,
  shown,
  type SwitchWorld,
  WALK_HOUSE,
} from '@cordboard/testing/scenario';
import { type Command, type CommandType } from '../command.ts';
import { type SessionEvent } from '../session-event.ts';
import { allowedCommands } from './refusal.ts';

const label = { language: 'de', country: 'DE', name: 'Pause', description: '' };
const LISTS: SwitchWorld['lists'] = {
  ReadDirectory: {
    of: 'directory',
    entries: [
      { name: 'Front desk', destination: '5550199', type: 'internal' },
      { name: 'Front desk', destination: '5550100' },
    ],
  },
  ReadNotReadyReasons: {
    of: 'notreadyreasons',
    reasons: [
      { reasonCodeId: '9', reasonCodeCode: 'REST', selectable: true, extensions: [], labels: [label] },
    ],
  },
  ReadLogoutReasons: { of: 'logoutreasons', reasons: [] },
  ReadDispositions: {
    of: 'dispositions',
    dispositions: [{ dispositionId: '9', dispositionCode: 'LOST', extensions: [], labels: [label] }],
  },
  ReadScripts: { of: 'scripts', scripts: [{ scriptId: '1', scriptName: 'Greeting' }] },
  ReadAddressBook: { of: 'addressbook', addressBooks: [{ name: 'All', groups: [], entries: [] }] },
  ReadOutboundSkills: { of: 'outboundskills', skills: [{ id: '4', skillName: 'Sales' }] },
};

const started = (adapter = FULL_ADAPTER, house = WALK_HOUSE): SessionScenario => {
  const s = sessionScenario({ ...MANY_CHANNELS, lists: LISTS });
  s.house(house);
  s.start(RESUME_POLICY, adapter);
  return s;
};

const NONE = { instance: 'sim-1', capabilities: {} };
const words = (taken: ReturnType<SessionScenario['send']>): readonly string[] =>
  taken.ok ? taken.value.map(inWords) : [taken.error.code];

const outcomeIn = (events: readonly SessionEvent[]): unknown =>
  events.find(({ type }) => type === 'CommandCompleted')?.data;

const onSession = (s: SessionScenario, type: CommandType): Command => ({ type, target: s.target }) as Command;

describe('lists', () => {
  it('joins the directory of the switch to the configured one, configured entries first', () => {
    const s = started();
    expect(words(s.send(onSession(s, 'GetDirectory')))).toEqual(['CommandAccepted', '> ReadDirectory']);
    expect(outcomeIn(s.reply('ReadDirectory'))).toMatchObject({
      outcome: {
        result: 'success',
        again: true,
        data: {
          entries: [
            { name: 'Front desk', destination: '5550199' },
            { name: 'Front desk', destination: '5550100' },
          ],
        },
      },
    });
  });

  it('answers from the configured directory where the switch has none', () => {
    const s = started(NONE);
    const sent = s.send(onSession(s, 'GetDirectory'));
    expect(words(sent)).toEqual(['CommandAccepted', 'CommandCompleted success']);
    expect(outcomeIn(sent.ok ? sent.value : [])).toMatchObject({
      outcome: { data: { entries: [{ name: 'Front desk', destination: '5550199' }] } },
    });
  });

  it.each([
    ['GetNotReadyReasons', 'ReadNotReadyReasons', 'NotReadyReasonsUpdated', 'REST', 'LUNCH'],
    ['GetLogoutReasons', 'ReadLogoutReasons', 'LogoutReasonsUpdated', 'HOME', 'HOME'],
    ['GetDispositions', 'ReadDispositions', 'DispositionsUpdated', 'LOST', 'SOLD'],
  ] as const)(
    '%s: success, then the list of the switch, else the configured one',
    (type, read, event, its, ours) => {
      const at = (s: SessionScenario) => (type === 'GetDispositions' ? s.channelAt('desk') : s.target);
      const s = started();
      s.send({ type, target: at(s) });
      const events = s.reply(read);
      expect(events.map(inWords)).toEqual(['<', 'CommandCompleted success', event]);
      expect(events[2]?.target).toEqual(at(s));
      expect(JSON.stringify(events[2])).toContain(its);
      const plain = started(NONE);
      const sent = plain.send({ type, target: at(plain) });
      expect(words(sent)).toEqual(['CommandAccepted', 'CommandCompleted success', event]);
      expect(JSON.stringify(sent)).toContain(ours);
    },
  );

  it('reads scripts, which nobody can configure', () => {
    const s = started();
    const target = s.channelAt('chat');
    s.send({ type: 'GetScripts', target });
    expect(outcomeIn(s.reply('ReadScripts'))).toMatchObject({
      outcome: { data: { scripts: [{ scriptId: '1', scriptName: 'Greeting' }] }, again: true },
    });
    const plain = started(NONE);
    expect(words(plain.send({ type: 'GetScripts', target: plain.channel() }))).toEqual(['NOT_SUPPORTED']);
  });

  it.each([
    'GetDirectory',
    'GetNotReadyReasons',
    'GetLogoutReasons',
    'GetAddressBook',
    'ConnectAgentLeg',
  ] as const)('does not offer %s where neither the switch nor the house has it', (type) => {
    const s = started(NONE, {});
    expect(words(s.send(onSession(s, type)))).toEqual(['NOT_SUPPORTED']);
    expect(allowedCommands(s.state(), s.target)).not.toContain(type);
  });

  it('fails when the switch does', () => {
    const s = started();
    s.send(onSession(s, 'GetDirectory'));
    expect(s.refuse('ReadDirectory').map(inWords)).toEqual(['< refused', 'CommandCompleted CTI_ERROR']);
    s.send(onSession(s, 'GetDirectory'));
    expect(s.reply('ReadDirectory', { ok: true, reading: { of: 'none' } }).map(inWords)).toContain(
      'CommandCompleted CTI_ERROR',
    );
  });

  it('keeps to what was configured when the session was started, with the content of now', () => {
    const s = started(NONE);
    s.house({ directory: [] });
    expect(words(s.send(onSession(s, 'GetDirectory')))).toEqual([
      'CommandAccepted',
      'CommandCompleted success',
    ]);
  });
});

describe('the address book', () => {
  const get = (s: SessionScenario, realtime: boolean) =>
    s.send({ type: 'GetAddressBook', target: s.target, realtime });
  const change = (s: SessionScenario) =>
    s.fact({ type: 'AddressBookChanged', target: s.target, addressBooks: [] }).map(inWords);

  it('is answered once, and nothing follows', () => {
    const s = started();
    get(s, false);
    expect(outcomeIn(s.reply('ReadAddressBook'))).toMatchObject({
      outcome: { data: { addressbooks: [{ name: 'All' }] }, again: true },
    });
    expect(change(s)).toEqual([]);
  });

  it('is followed in real time until the agent stops it', () => {
    const s = started();
    get(s, true);
    expect(s.reply('ReadAddressBook').map(inWords)).toEqual([
      '<',
      'AddressBookFollowed',
      'CommandCompleted success',
    ]);
    expect(change(s)).toEqual(['AddressBookUpdated']);
    // Looking again does not end what was asked for.
    get(s, false);
    expect(s.state().requests).toMatchObject([{ request: { realtime: true } }]);
    s.answerAll();
    expect(words(s.send(onSession(s, 'StopAddressBook')))).toEqual(['CommandAccepted', '> StopAddressBook']);
    expect(s.refuse('StopAddressBook').map(inWords)).toContain('CommandCompleted CTI_ERROR');
    expect(change(s)).toEqual(['AddressBookUpdated']);
    s.send(onSession(s, 'StopAddressBook'));
    expect(s.reply('StopAddressBook').map(inWords)).toEqual([
      '<',
      'AddressBookFollowed',
      'CommandCompleted success',
    ]);
    expect(change(s)).toEqual([]);
  });

  it('is not stopped twice, and not kept while the agent is leaving', () => {
    const s = started();
    expect(words(s.send(onSession(s, 'StopAddressBook')))).toEqual([
      'CommandAccepted',
      'CommandCompleted success',
    ]);
    get(s, true);
    s.answerAll();
    s.send({ type: 'LogOut', target: s.target });
    expect(change(s)).toEqual([]);
  });
});

describe('the leg of the agent', () => {
  const leg = (s: SessionScenario, state: 'connected' | 'disconnected' | 'failed') =>
    s.fact({ type: 'AgentLegChanged', target: s.target, state, error: 'no answer' }).map(inWords);

  it('connects, drops by itself and fails', () => {
    const s = started();
    expect(words(s.send(onSession(s, 'ConnectAgentLeg')))).toEqual(['CommandAccepted', '> SetAgentLeg']);
    expect(s.reply('SetAgentLeg').map(inWords)).toEqual(['<', 'CommandCompleted success']);
    expect(leg(s, 'connected')).toEqual(['AgentLegConnected']);
    expect(leg(s, 'connected')).toEqual([]);
    expect(words(s.send(onSession(s, 'ConnectAgentLeg')))).toEqual([
      'CommandAccepted',
      'CommandCompleted success',
    ]);
    expect(leg(s, 'disconnected')).toEqual(['AgentLegDisconnected']);
    expect(leg(s, 'disconnected')).toEqual([]);
    expect(words(s.send(onSession(s, 'DisconnectAgentLeg')))).toEqual([
      'CommandAccepted',
      'CommandCompleted success',
    ]);
    expect([...leg(s, 'failed'), ...leg(s, 'failed')]).toEqual(['AgentLegFailed', 'AgentLegFailed']);
  });

  it('is let go of where nobody knows whether it is up', () => {
    const s = started();
    s.send(onSession(s, 'DisconnectAgentLeg'));
    expect(s.refuse('SetAgentLeg').map(inWords)).toEqual(['< refused', 'CommandCompleted CTI_ERROR']);
  });
});

describe('dialling (B3 row 20, A5)', () => {
  const dial = (s: SessionScenario, extensions?: { skillId: string }) =>
    s.send({ type: 'Dial', target: s.channel(), destination: '5550105', extensions });

  it('asks the agent for a skill first, and dials with it', () => {
    const s = started();
    expect(words(dial(s))).toEqual(['CommandAccepted', '> ReadOutboundSkills']);
    expect(words(dial(s))).toEqual(['INVALID_STATE']);
    expect(outcomeIn(s.reply('ReadOutboundSkills'))).toMatchObject({
      outcome: { result: 'needinfo', skills: [{ id: '4', skillName: 'Sales' }] },
    });
    expect(words(dial(s, { skillId: '4' }))).toEqual(['CommandAccepted', '> Dial']);
    expect(s.state().requests).toMatchObject([{ request: { extensions: { skillId: '4' } } }]);
  });

  it('dials at once when there is no choice, unless the channel was lost meanwhile', () => {
    const s = started();
    s.world({ lists: { ReadOutboundSkills: { of: 'outboundskills', skills: [] } } });
    dial(s);
    expect(s.reply('ReadOutboundSkills').map(inWords)).toEqual(['<', '> Dial']);
    s.answerAll();
    dial(s);
    s.fact({ type: 'ChannelDeactivated', target: s.channel() });
    expect(s.reply('ReadOutboundSkills').map(inWords)).toEqual(['<', 'CommandCompleted CHANNEL_NOT_ACTIVE']);
  });

  it('fails with the question, and keeps the agent from leaving until it is answered', () => {
    const s = started();
    dial(s);
    expect(words(s.send({ type: 'LogOut', target: s.target }))).toEqual(['ONGOING_INTERACTION']);
    expect(s.refuse('ReadOutboundSkills').map(inWords)).toEqual(['< refused', 'CommandCompleted CTI_ERROR']);
  });

  it('takes extensions only where the switch does', () => {
    const s = started(NONE);
    expect(words(dial(s, { skillId: '4' }))).toEqual(['NOT_SUPPORTED']);
    const plain = s.send({ type: 'Dial', target: s.channel(), destination: '5550105', extensions: {} });
    expect(words(plain)).toEqual(['CommandAccepted', '> Dial']);
  });
});

describe('what a session starts and ends with', () => {
  it('reads the session by its call model', () => {
    const s = sessionScenario();
    s.house({ models: { media: { group: 'TEAM', chat: true, email: true, callback: false } } });
    s.prepare(RESUME_POLICY, 'media');
    s.bind();
    s.send({ type: 'StartSession', target: s.target });
    s.reply('CreateSession');
    expect(s.state().requests).toMatchObject([
      { request: { name: 'TEAM', chat: true, email: true, callback: false } },
    ]);
  });

  it('names the reason of a logout to the switch, which may insist on one', () => {
    const capabilities = { 'logout-reason-required': true };
    const s = started({ instance: 'sim-1', capabilities });
    expect(words(s.send({ type: 'LogOut', target: s.target }))).toEqual(['INVALID_DATA']);
    s.send({ type: 'LogOut', target: s.target, reason: '3' });
    s.answerAll();
    const asked = s
      .history()
      .flatMap((event) => (event.type === 'SwitchRequested' ? [event.data.request] : []));
    expect(
      asked.filter((request) => 'reason' in request && request.reason === '3').map(({ type }) => type),
    ).toEqual([
      'DeactivateChannel',
      'DeactivateChannel',
      'DeactivateChannel',
      'DeactivateChannel',
      'LogOutAgent',
    ]);
    expect(shown(s.history()).at(-1)).toBe('SessionInitialized');
  });
});
