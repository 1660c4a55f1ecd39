import fc from 'fast-check';
import { commandRow, COMMANDS, normaliseCommand } from './commands.ts';
import { EVENTS, normaliseEvent } from './events.ts';
import { SERVICE_COMMANDS } from './service-commands.ts';

/** Every command: its newest name, what else is accepted for it, and the data of its success. */
const SPELLINGS: readonly (readonly [name: string, aliases: readonly string[], success: string])[] = [
  ['session.start', ['session.request.start'], 'none'],
  ['session.request.logout', ['session.logout'], 'none'],
  ['session.request.addchannel', ['session.addchannel'], 'echo'],
  ['session.request.removechannel', ['session.removechannel'], 'echo'],
  ['session.request.addchannelgroup', ['session.addchannelgroup'], 'echo'],
  ['session.request.removechannelgroup', ['session.removechannelgroup'], 'echo'],
  ['session.request.getdirectory', [], 'empty'],
  ['session.request.externalnotreadyreasons', ['session.request.externalnotredyreasons'], 'empty'],
  ['session.request.externallogoutreasons', [], 'empty'],
  ['session.request.incontact.agentleg.connect', [], 'empty'],
  ['session.request.incontact.agentleg.disconnect', [], 'empty'],
  ['session.request.incontact.addressbook', [], 'own'],
  ['session.request.incontact.addressbook.stop', [], 'empty'],
  ['channelgroup.request.activateall', ['channelgroup.activateall'], 'echo'],
  ['channelgroup.request.deactivateall', ['channelgroup.deactivateall'], 'echo'],
  ['channel.request.activate', ['channel.activate', 'channelgroup.request.activate'], 'echo'],
  ['channel.request.deactivate', ['channel.deactivate', 'channelgroup.request.deactivate'], 'echo'],
  ['channel.request.ready', ['channel.ready'], 'echo'],
  ['channel.request.notready', ['channel.notready'], 'echo'],
  ['channel.request.dial', ['channel.dial'], 'echo'],
  ['channel.request.externaldispositions', [], 'empty'],
  ['channel.request.incontact.getscripts', [], 'own'],
  ['interaction.request.accept', ['interaction.accept'], 'echo'],
  ['interaction.request.reject', ['interaction.reject'], 'echo'],
  ['interaction.request.setinteractiondata', ['interaction.setinteractiondata'], 'echo'],
  ['interaction.request.setdisposition', ['interaction.setdisposition'], 'echo'],
  ['interaction.request.complete', ['interaction.complete'], 'echo'],
  ['interaction.request.consult', ['interaction.consult'], 'echo'],
  ['interaction.request.alternate', ['interaction.alternate'], 'echo'],
  ['interaction.request.consulttransfer', ['interaction.consulttransfer'], 'echo'],
  ['interaction.request.consultconference', ['interaction.consultconference'], 'echo'],
  ['interaction.request.incontact.signal', [], 'empty'],
  ['conversation.request.answer', ['conversation.answer'], 'echo'],
  ['conversation.request.release', ['conversation.release'], 'echo'],
  ['conversation.request.hold', ['conversation.hold'], 'echo'],
  ['conversation.request.retrieve', ['conversation.retrieve'], 'echo'],
  ['conversation.request.mute', ['conversation.mute'], 'echo'],
  ['conversation.request.unmute', ['conversation.unmute'], 'echo'],
  ['conversation.request.senddtmf', ['conversation.senddtmf'], 'echo'],
  ['conversation.request.blindtransfer', ['conversation.blindtransfer'], 'echo'],
  ['conversation.request.blindconference', ['conversation.blindconference'], 'echo'],
  ['conversation.request.removeparty', [], 'echo'],
];

describe('the catalogue of commands', () => {
  it('holds the 41 commands and the extra one, each once', () => {
    expect(COMMANDS.map(({ name }) => name)).toEqual(SPELLINGS.map(([name]) => name));
  });

  it.each(SPELLINGS)('%s is known by all its names', (name, aliases, success) => {
    for (const spelling of [name, ...aliases, ` ${name} `]) expect(normaliseCommand(spelling)).toBe(name);
    const row = commandRow(normaliseCommand(name) ?? 'session.start');
    expect(row).toMatchObject({ name, aliases, success });
  });

  it('takes the kind from the first word of the newest name', () => {
    for (const { name, kind } of COMMANDS) expect(name.startsWith(`${kind}.`)).toBe(true);
  });

  it('gives no spelling to two commands', () => {
    const spellings = COMMANDS.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(new Set([...spellings, ...SERVICE_COMMANDS.map(({ name }) => name)]).size).toBe(
      spellings.length + SERVICE_COMMANDS.length,
    );
  });

  it.each([
    '',
    'Session.start',
    'session.request.start ing',
    'conversation.retrieverequest.senddtmf',
    'toString',
  ])('does not know %j', (name) => {
    expect(normaliseCommand(name)).toBeNull();
  });

  it('normalises to what normalises to itself', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom(...SPELLINGS.flatMap(([n, a]) => [n, ...a]))),
        (name) => {
          const once = normaliseCommand(name);
          if (once !== null) expect(normaliseCommand(once)).toBe(once);
        },
      ),
    );
  });
});

describe('the catalogue of events', () => {
  it('holds the 30 events and the four extra ones, each spelling once', () => {
    const spellings = EVENTS.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(EVENTS).toHaveLength(34);
    expect(new Set(spellings).size).toBe(spellings.length);
  });

  it.each([
    ['channelgruop.disposed', 'channelgroup.disposed'],
    ['session.agentleg.connected', 'session.incontact.agentleg.connected'],
    ['session.agentleg.disconnected', 'session.incontact.agentleg.disconnected'],
    ['session.agentleg.failed', 'session.incontact.agentleg.failed'],
    ['state.updated', 'state.updated'],
    ['interaction.complete', 'interaction.complete'],
    ['conversation.member.removed', 'conversation.member.removed'],
    ['conversation.transfer.failed', 'conversation.transfer.failed'],
  ])('reads %s as %s', (received, name) => {
    expect(normaliseEvent(received)).toBe(name);
  });

  it('has no name for what it does not know', () => {
    expect(normaliseEvent('interaction.completed')).toBeNull();
  });
});
