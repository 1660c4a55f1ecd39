import { type House } from '@cordboard/domain';
import {
  FULL_ADAPTER,
  RESUME_POLICY,
  type SessionScenario,
  type SwitchWorld,
} from '@cordboard/testing/scenario';
import { type Script } from '../history.ts';
import { alone, asks, CALLER, gets, OUTBOUND, startFull } from './parts.ts';

const labels = [{ language: 'de', country: 'DE', name: 'Pause', description: '' }];
const REASON = { reasonCodeId: '7', reasonCodeCode: 'REST', selectable: true, extensions: [], labels };
const LOGOUT = { logoutReasonId: '1', logoutReasonCode: 'HOME', extensions: [{ vip: '1' }], labels };
const DISPOSITION = { dispositionId: '1', dispositionCode: 'SOLD', extensions: [], labels };
const ENTRY = { name: 'Front desk', destination: CALLER };

const LISTS: SwitchWorld = {
  ...alone('TELEPHONY'),
  lists: {
    ReadDirectory: { of: 'directory', entries: [ENTRY] },
    ReadNotReadyReasons: { of: 'notreadyreasons', reasons: [REASON] },
    ReadLogoutReasons: { of: 'logoutreasons', reasons: [LOGOUT] },
    ReadDispositions: { of: 'dispositions', dispositions: [DISPOSITION] },
    ReadScripts: { of: 'scripts', scripts: [{ scriptId: '1', scriptName: 'Greeting' }] },
    ReadAddressBook: { of: 'addressbook', addressBooks: [{ name: 'All', entries: [] }] },
  },
};

const CONFIGURED: Partial<House> = {
  directory: [ENTRY],
  notReadyReasons: [REASON],
  logoutReasons: [LOGOUT],
  dispositions: [DISPOSITION],
};

const ASKED = ['GetDirectory', 'GetNotReadyReasons', 'GetLogoutReasons'] as const;

const askLists = (s: SessionScenario): void => {
  for (const type of ASKED) gets(s, { type, target: s.target });
  gets(s, { type: 'GetDispositions', target: s.channel() });
};

const agentLeg = (s: SessionScenario, state: 'connected' | 'disconnected' | 'failed'): void => {
  const error = state === 'failed' ? { error: `${CALLER} does not answer.` } : {};
  s.fact({ type: 'AgentLegChanged', target: s.target, state, ...error });
};

const dial = (s: SessionScenario, skillId?: string): void =>
  asks(s, {
    type: 'Dial',
    target: s.channel(),
    destination: CALLER,
    ...(skillId === undefined ? {} : { extensions: { skillId } }),
  });

/** What only some switches offer; nothing of the lists themselves is kept. */
export const FEATURES: Readonly<Record<string, Script>> = {
  lists: {
    about: 'Every list of the switch, and one that it refuses.',
    world: LISTS,
    play: (s) => {
      startFull(s);
      askLists(s);
      gets(s, { type: 'GetScripts', target: s.channel() });
      asks(s, { type: 'GetDirectory', target: s.target });
      s.refuse('ReadDirectory', 'Not now.');
    },
  },
  'lists-of-the-house': {
    about: 'Lists that the tenant has configured, on a switch that has none.',
    world: alone('TELEPHONY'),
    play: (s) => {
      s.house(CONFIGURED);
      s.start();
      askLists(s);
    },
  },
  'address-book': {
    about: 'The address book, once and followed in real time until the agent stops it.',
    world: { lists: LISTS.lists ?? {} },
    play: (s) => {
      startFull(s);
      gets(s, { type: 'GetAddressBook', target: s.target, realtime: false });
      gets(s, { type: 'GetAddressBook', target: s.target, realtime: true });
      const addressBooks = [{ name: 'All', entries: [{ name: 'Front desk', destination: CALLER }] }];
      s.fact({ type: 'AddressBookChanged', target: s.target, addressBooks });
      gets(s, { type: 'StopAddressBook', target: s.target });
    },
  },
  'agent-leg': {
    about: 'The leg of the agent: connected, dropped by itself, failed, refused.',
    world: {},
    play: (s) => {
      startFull(s);
      gets(s, { type: 'ConnectAgentLeg', target: s.target });
      agentLeg(s, 'connected');
      gets(s, { type: 'DisconnectAgentLeg', target: s.target });
      agentLeg(s, 'disconnected');
      gets(s, { type: 'ConnectAgentLeg', target: s.target });
      agentLeg(s, 'failed');
      asks(s, { type: 'ConnectAgentLeg', target: s.target });
      s.refuse('SetAgentLeg', 'Not now.');
    },
  },
  'said-before-the-start': {
    about: 'What the switch says of the leg of the agent while the session starts waits for it.',
    world: {},
    play: (s) => {
      s.prepare();
      s.bind();
      s.send({ type: 'StartSession', target: s.target }, FULL_ADAPTER);
      agentLeg(s, 'failed');
      s.answerAll();
      agentLeg(s, 'connected');
    },
  },
  'dial-with-skill': {
    about:
      'A number that needs a skill: the agent is asked, then it is dialled with one; another needs none.',
    world: {
      ...OUTBOUND,
      lists: { ReadOutboundSkills: { of: 'outboundskills', skills: [{ id: '4', skillName: 'Sales' }] } },
    },
    play: (s) => {
      startFull(s);
      dial(s);
      s.answerAll();
      dial(s, '4');
      s.refuse('Dial', 'No line.');
      s.world({ lists: { ReadOutboundSkills: { of: 'outboundskills', skills: [] } } });
      dial(s);
      s.refuse('ReadOutboundSkills', 'Not now.');
      dial(s);
      s.answerAll();
      s.offer('call');
    },
  },
  'call-model': {
    about: 'A start by a call model with all media, which the switch does not answer in time.',
    world: {},
    play: (s) => {
      s.house({ models: { media: { group: 'TEAM', chat: true, email: true, callback: true } } });
      s.prepare(RESUME_POLICY, 'media');
      s.bind();
      asks(s, { type: 'StartSession', target: s.target, extension: CALLER });
      s.reply('CreateSession');
      s.after(RESUME_POLICY.resumeMs);
      s.answerAll();
    },
  },
  'logout-with-reason': {
    about: 'A logout with its reason, on a switch that insists on one.',
    world: alone('TELEPHONY'),
    play: (s) => {
      s.start(RESUME_POLICY, { instance: 'sim-1', capabilities: { 'logout-reason-required': true } });
      gets(s, { type: 'LogOut', target: s.target, reason: '3' });
    },
  },
};
