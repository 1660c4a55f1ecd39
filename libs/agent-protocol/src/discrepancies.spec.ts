import { Ajv } from 'ajv';
import { type JsonObject } from '@cordboard/kernel';
import { normaliseCommand } from './catalogue/commands.ts';
import { normaliseEvent } from './catalogue/events.ts';
import { type CommandWithData, readCommandData } from './data/command-data.ts';
import { objectEventFrame } from './object-event.ts';
import { parseRequest } from './parse-request.ts';
import { type ParsedRequest } from './parsed-request.ts';
import { successResponse } from './responses.ts';
import { CATALOGUE, wholeSchema } from './written.ts';

const S = '0198f2c4-7a10-7abc-8def-0123456789ab';

const parsed = (command: string, target: string, data: JsonObject = {}): ParsedRequest | string => {
  const read = parseRequest(JSON.stringify({ command, requestId: 'r', target, data }));
  return read.ok ? read.value : read.error.failure.code;
};
const canonical = (command: string, target: string, data?: JsonObject): string => {
  const read = parsed(command, target, data);
  return typeof read === 'string' ? read : read.canonical;
};
const read = (name: CommandWithData, data: JsonObject): unknown => {
  const values = readCommandData(name, data);
  return values.ok ? (JSON.parse(JSON.stringify(values.value)) as unknown) : 'INVALID_DATA';
};
const fits = (name: string, data: JsonObject): boolean => {
  const row = CATALOGUE.events.find((event) => event.name === name);
  return new Ajv({ strict: false }).validate(wholeSchema(row?.data ?? {}), data);
};

// One test for each row of the protocol's section E that a server or its catalogue can get wrong.
describe('where the sources disagree', () => {
  it('E1: both spellings of the start', () => {
    for (const name of ['session.start', 'session.request.start']) {
      expect(canonical(name, S)).toBe('session.start');
    }
  });

  it.each(
    CATALOGUE.commands.flatMap(({ name, targets, aliases, example }) =>
      aliases.map((alias) => ({ name, alias, target: (targets[0] ?? '').replace('S', S), example })),
    ),
  )('E2: $alias is $name, and is answered as it was sent', ({ name, alias, target, example }) => {
    const request = parsed(alias, target, example);
    expect(request).toMatchObject({ canonical: name });
    if (typeof request !== 'string') expect(successResponse(request).command).toBe(alias);
  });

  it('E3: the misprint of the not-ready reasons', () => {
    expect(normaliseCommand('session.request.externalnotredyreasons')).toBe(
      'session.request.externalnotreadyreasons',
    );
  });

  it('E4: blanks around a name are dropped, and never sent', () => {
    const request = parsed(' session.request.getdirectory ', S);
    expect(request).toMatchObject({ command: 'session.request.getdirectory' });
    if (typeof request !== 'string') expect(successResponse(request).command).not.toMatch(/\s/);
  });

  it('E5, E16: misprinted events are understood, and are no names of ours', () => {
    expect(normaliseEvent('channelgruop.disposed')).toBe('channelgroup.disposed');
    expect(normaliseEvent('session.agentleg.connected')).toBe('session.incontact.agentleg.connected');
    expect(normaliseEvent('session.agentleg.disconnected')).toBe('session.incontact.agentleg.disconnected');
    expect(normaliseEvent('session.agentleg.failed')).toBe('session.incontact.agentleg.failed');
  });

  it.each([
    'conversation.retrieverequest.senddtmf',
    'conversation.request.retrievesenddtmf',
    'channelinteraction.request.incontact.getscriptssignal',
    'channelgroup.activate',
    'Session.Start',
  ])('E6, E7: %s is no name', (name) => {
    expect(canonical(name, S)).toBe('UNKNOWN_COMMAND');
  });

  it('E6: retrieve stays retrieve, whatever digits come with it', () => {
    expect(canonical('conversation.retrieve', `${S}.c.i.v`, { digits: '1' })).toBe(
      'conversation.request.retrieve',
    );
    expect(canonical('conversation.senddtmf', `${S}.c.i.v`, { digits: '1' })).toBe(
      'conversation.request.senddtmf',
    );
  });

  it.each(['channeloptions', 'channelOptions'])('E8, E9: %s, an object or a list', (key) => {
    const one = { queue: '7000' };
    expect(read('channel.request.activate', { [key]: one })).toEqual({ channelOptions: one });
    expect(read('channel.request.deactivate', { [key]: one })).toEqual({ channelOptions: one });
    const list = [{ id: 'c', queue: '7000' }];
    expect(read('channelgroup.request.activateall', { [key]: list })).toEqual({ channelOptions: list });
    expect(read('channel.request.activate', { [key]: list })).toBe('INVALID_DATA');
    expect(read('channelgroup.request.activateall', { [key]: one })).toBe('INVALID_DATA');
  });

  it.each(['Telephony', 'telephony', 'TELEPHONY', ' Telephony '])('E10: the type %j', (type) => {
    expect(read('session.request.addchannel', { channel: { endpoint: 'e', type } })).toMatchObject({
      channel: { type: 'TELEPHONY' },
    });
  });

  it('E10, E11: events carry upper case, and modelType', () => {
    const channel = { id: 'c', name: 'c', type: 'CHAT' };
    expect(fits('channel.created', { channel: { ...channel, modelType: 'CHAT' } })).toBe(true);
    expect(fits('channel.created', { channel: { ...channel, modeltype: 'CHAT' } })).toBe(false);
    expect(fits('channel.created', { channel: { ...channel, modelType: 'Chat' } })).toBe(false);
  });

  it('E12: a group to remove under either key', () => {
    for (const key of ['channel', 'channelgroup']) {
      expect(read('session.request.removechannelgroup', { [key]: { id: 'g' } })).toEqual({
        channel: { id: 'g' },
      });
    }
  });

  it('E19, E20: seven agent statuses, and no selectable logout reasons', () => {
    expect(CATALOGUE.$defs.agentStatus?.enum).toHaveLength(7);
    const reason = { logoutReasonId: '1', logoutReasonCode: 'H', extensions: [], labels: [] };
    expect(fits('session.externallogoutreasons.updated', { logoutReasons: [reason] })).toBe(true);
    expect(
      fits('session.externallogoutreasons.updated', { logoutReasons: [{ ...reason, selectable: true }] }),
    ).toBe(false);
  });

  it('E21: a reason as a number, queues as a list', () => {
    expect(
      read('channel.request.deactivate', { channelOptions: { reason: 3, queue: ['7000', '7001'] } }),
    ).toEqual({ channelOptions: { reason: '3', queue: '7000,7001' } });
  });

  it('E22: reasondesc may be left out', () => {
    expect(read('channel.request.notready', { reasoncode: 'acw' })).toEqual({ reasoncode: 'acw' });
  });

  it('E23: interaction.complete is a command in one envelope and an event in another', () => {
    expect(normaliseCommand('interaction.complete')).toBe('interaction.request.complete');
    expect(normaliseEvent('interaction.complete')).toBe('interaction.complete');
  });

  it.each([
    ['channelgroup.request.activate', 'channel.request.activate'],
    ['channelgroup.request.deactivate', 'channel.request.deactivate'],
  ])('E27: %s means a channel; two segments name one that stands alone', (alias, name) => {
    expect(parsed(alias, `${S}.g.c`)).toMatchObject({
      canonical: name,
      target: { channelgroup: 'g', channel: 'c' },
    });
    expect(parsed(alias, `${S}.c`)).toMatchObject({ canonical: name, target: { session: S, channel: 'c' } });
    expect(parsed(alias, S)).toBe('INVALID_TARGET');
    expect(parsed(alias, `${S}.g.c.i`)).toBe('INVALID_TARGET');
  });

  it('E28, E29: the commands whose names were never seen, or went away', () => {
    expect(normaliseCommand('channel.request.externaldispositions')).not.toBeNull();
    expect(normaliseCommand('channel.request.incontact.getscripts')).not.toBeNull();
  });

  it('E32: events say that they are object events', () => {
    const event = { target: S, name: 'session.initialized', data: {}, sequence: 1, previous: null, at: 0 };
    expect(JSON.parse(objectEventFrame(event))).toMatchObject({ messageType: 'objectEvent' });
  });
});
