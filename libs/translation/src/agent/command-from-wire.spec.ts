import { COMMANDS } from '@cordboard/agent-protocol';
import { type Command, type CommandType } from '@cordboard/domain';
import { type JsonObject, type Target } from '@cordboard/kernel';
import { commandFromWire } from './command-from-wire.ts';
import { wireNameOf } from './command-names.ts';

const target: Target = { session: '0198f2c4-7a10-7abc-8def-0123456789ab', channelgroup: 'g', channel: 'c' };

/** What is carried out, with data as sent and the command that it becomes. */
const CARRIED_OUT: readonly (readonly [name: string, data: JsonObject, command: Omit<Command, 'target'>])[] =
  [
    ['session.start', {}, { type: 'StartSession' }],
    ['session.start', { extension: 1001 }, { type: 'StartSession', extension: '1001' } as Command],
    ['session.request.logout', { ignored: 1 }, { type: 'LogOut' }],
    ['channel.request.activate', {}, { type: 'ActivateChannel' }],
    [
      'channel.request.activate',
      { channeloptions: { queue: '7000' } },
      { type: 'ActivateChannel', queue: '7000' } as Command,
    ],
    [
      'channel.request.deactivate',
      { channelOptions: { queue: ['1', '2'], reason: 4 } },
      { type: 'DeactivateChannel', queue: '1,2', reason: '4' } as Command,
    ],
    ['channel.request.ready', {}, { type: 'MakeReady' }],
    [
      'channel.request.notready',
      { reasoncode: 'acw' },
      { type: 'MakeNotReady', reasonCode: 'acw' } as Command,
    ],
    [
      'channel.request.notready',
      { reasoncode: 3, reasondesc: 'Lunch' },
      { type: 'MakeNotReady', reasonCode: '3', reasonName: 'Lunch' } as Command,
    ],
    [
      'channel.request.dial',
      { destination: ' 5550100', extensions: { x: 1 } },
      { type: 'Dial', destination: '5550100' } as Command,
    ],
    ['interaction.request.accept', {}, { type: 'AcceptInteraction' }],
    ['interaction.request.reject', {}, { type: 'RejectInteraction' }],
    ['interaction.request.complete', {}, { type: 'CompleteInteraction' }],
    ['conversation.request.answer', {}, { type: 'AnswerConversation' }],
    ['conversation.request.release', {}, { type: 'ReleaseConversation' }],
    ['conversation.request.hold', {}, { type: 'HoldConversation' }],
    ['conversation.request.retrieve', {}, { type: 'RetrieveConversation' }],
  ];

describe('a command from the wire', () => {
  it.each(CARRIED_OUT)('%s %j', (name, data, command) => {
    expect(commandFromWire(name, target, data)).toEqual({ ok: true, value: { ...command, target } });
    expect(wireNameOf(command.type)).toBe(name);
  });

  it('is every command of the domain, and each under a name of its own', () => {
    const types = new Set<CommandType>(CARRIED_OUT.map(([, , { type }]) => type));
    expect(types.size).toBe(14);
    expect(new Set([...types].map(wireNameOf)).size).toBe(14);
  });

  const names = new Set(CARRIED_OUT.map(([name]) => name));
  const others = COMMANDS.map(({ name }) => name as string).filter((name) => !names.has(name));

  it.each([...others, 'bindSession', 'toString'])('%s is refused by name', (name) => {
    expect(commandFromWire(name, target, {})).toEqual({
      ok: false,
      error: { code: 'NOT_SUPPORTED', message: `${name} is not supported yet.` },
    });
  });

  it.each<[string, JsonObject, RegExp]>([
    ['session.start', { extension: {} }, /data\.extension/],
    ['channel.request.activate', { channeloptions: 'x' }, /data\.channelOptions/],
    ['channel.request.deactivate', { channelOptions: { reason: [] } }, /data\.channelOptions\.reason/],
    ['channel.request.notready', {}, /data\.reasoncode/],
    ['channel.request.dial', { destination: '' }, /data\.destination/],
  ])('%s with %j is refused with the field', (name, data, points) => {
    const refused = commandFromWire(name, target, data);
    expect(refused).toMatchObject({ ok: false, error: { code: 'INVALID_DATA' } });
    expect(!refused.ok && refused.error.message).toMatch(points);
  });
});
