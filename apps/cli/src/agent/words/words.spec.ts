import { COMMANDS } from '@cordboard/agent-protocol';
import { emptySessionModel, type SessionModel } from '@cordboard/client';
import { type JsonObject } from '@cordboard/kernel';
import { helpText, WORDS } from './words.ts';

const GROUP = '0197a3f0-0000-7000-8000-00000000beef';

const model: SessionModel = {
  ...emptySessionModel,
  objects: {
    [`S.${GROUP}`]: {
      path: `S.${GROUP}`,
      parent: 'S',
      id: GROUP,
      kind: 'channelgroup',
      state: 'ACTIVE',
      initialized: true,
      capabilities: {},
      about: { name: 'PROJECT' },
    },
  },
};

/** Command and data of what a line asks for; null when it is not understood. */
const read = (line: string): readonly (readonly [string, JsonObject])[] | null => {
  const [name = '', ...args] = line.split(' ');
  return WORDS[name]?.read(args, model)?.map(({ command, data }) => [command, data ?? {}]) ?? null;
};

describe('words', () => {
  it.each<[string, string, JsonObject?]>([
    ['consult +12025550100', 'interaction.request.consult', { destination: '+12025550100' }],
    ['alternate', 'interaction.request.alternate'],
    ['transfer', 'interaction.request.consulttransfer'],
    ['transfer 1002', 'conversation.request.blindtransfer', { destination: '1002' }],
    ['conference', 'interaction.request.consultconference'],
    ['conference 1002', 'conversation.request.blindconference', { destination: '1002' }],
    ['mute', 'conversation.request.mute'],
    ['unmute', 'conversation.request.unmute'],
    ['dtmf 12 #', 'conversation.request.senddtmf', { digits: '12#' }],
    ['remove 1002', 'conversation.request.removeparty', { number: '1002' }],
    ['remove channel x', 'session.request.removechannel', { channel: { id: 'x' } }],
    ['remove group project', 'session.request.removechannelgroup', { channel: { id: GROUP } }],
    ['remove group 00beef', 'session.request.removechannelgroup', { channel: { id: GROUP } }],
    ['data note two words', 'interaction.request.setinteractiondata', { key: 'note', value: 'two words' }],
    ['disposition sold two', 'interaction.request.setdisposition', { disposition: 'sold two' }],
    ['directory', 'session.request.getdirectory'],
    ['dispositions', 'channel.request.externaldispositions'],
    ['addressbook', 'session.request.incontact.addressbook', { realtime: false }],
    ['addressbook live', 'session.request.incontact.addressbook', { realtime: true }],
    ['addressbook stop', 'session.request.incontact.addressbook.stop'],
    ['leg connect', 'session.request.incontact.agentleg.connect'],
    ['leg disconnect', 'session.request.incontact.agentleg.disconnect'],
    ['scripts', 'channel.request.incontact.getscripts'],
    ['signal a b', 'interaction.request.incontact.signal', { p1: 'a', p2: 'b' }],
    [
      'add group PROJECT chat callback',
      'session.request.addchannelgroup',
      { channelgroup: { name: 'PROJECT', chat: true, email: false, callback: true } },
    ],
    [
      'add channel Telephony 1001-desk',
      'session.request.addchannel',
      { channel: { type: 'Telephony', endpoint: '1001-desk' } },
    ],
    ['activate', 'channel.request.activate'],
    ['activate all', 'channelgroup.request.activateall'],
    ['deactivate all', 'channelgroup.request.deactivateall'],
    ['notready 1 Lunch', 'channel.request.notready', { reasoncode: '1', reasondesc: 'Lunch' }],
    ['dial 1002', 'channel.request.dial', { destination: '1002' }],
    ['dial 1002 12', 'channel.request.dial', { destination: '1002', extensions: { skillId: '12' } }],
    ['logout', 'session.request.logout'],
    ['logout 9', 'session.request.logout', { reason: '9' }],
  ])('%s', (line, command, data = {}) => {
    expect(read(line)).toEqual([[command, data]]);
  });

  it('asks for both lists of reasons', () => {
    expect(read('reasons')?.map(([command]) => command)).toEqual([
      'session.request.externalnotreadyreasons',
      'session.request.externallogoutreasons',
    ]);
  });

  it.each([
    'consult',
    'transfer 1 2',
    'mute now',
    'data key',
    'disposition',
    'addressbook maybe',
    'leg',
    'signal',
    `signal ${'x '.repeat(21).trim()}`,
    'add group',
    'add group PROJECT fax',
    'add channel Chat',
    'add me',
    'remove',
    'remove channel',
    'remove 1 2',
    'activate some',
    'notready',
    'dial',
    'dial 1 2 3',
    'logout a b',
    'reasons all',
  ])('does not understand %s', (line) => {
    expect(read(line)).toBeNull();
  });

  it('stand for every command but the start', () => {
    const lines = Object.keys(WORDS).flatMap((name) => [
      name,
      `${name} all`,
      `${name} x`,
      `${name} x y`,
      ...['group', 'channel', 'connect', 'disconnect', 'stop'].flatMap((what) => [
        `${name} ${what}`,
        `${name} ${what} x`,
        `${name} ${what} x y`,
      ]),
    ]);
    const said = new Set(lines.flatMap((line) => read(line) ?? []).map(([command]) => command));
    expect(COMMANDS.map(({ name }) => name).filter((name) => !said.has(name))).toEqual(['session.start']);
  });
});

describe('helpText', () => {
  it('names every word, on lines that fit a terminal', () => {
    for (const name of [...Object.keys(WORDS), 'state', 'logout', 'quit', 'help'])
      expect(helpText()).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    for (const line of helpText().split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });
});
