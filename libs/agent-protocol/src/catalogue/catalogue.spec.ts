import fc from 'fast-check';
import { FAILURE_CODES } from '../failure-code.ts';
import { CATALOGUE } from '../written.ts';
import { COMMANDS, normaliseCommand } from './commands.ts';
import { EVENTS, normaliseEvent } from './events.ts';
import { SERVICE_COMMANDS } from './service-commands.ts';

const SPELLINGS = COMMANDS.flatMap(({ name, aliases }) => [name, ...aliases]);

describe('the catalogue of commands', () => {
  it('is the written one, row by row', () => {
    const written = CATALOGUE.commands.map(({ name, kind, aliases, success }) => ({
      ...{ name, kind, aliases, success },
    }));
    expect(COMMANDS).toEqual(written);
    expect(COMMANDS).toHaveLength(42);
    expect(SERVICE_COMMANDS).toEqual(CATALOGUE.serviceCommands.map(({ name, target }) => ({ name, target })));
  });

  it.each(COMMANDS)('$name is known by all its names', ({ name, aliases }) => {
    for (const spelling of [name, ...aliases, ` ${name} `]) expect(normaliseCommand(spelling)).toBe(name);
  });

  it('takes the kind from the first word of the newest name', () => {
    for (const { name, kind } of COMMANDS) expect(name.startsWith(`${kind}.`)).toBe(true);
  });

  it('gives no spelling to two commands', () => {
    const all = [...SPELLINGS, ...SERVICE_COMMANDS.map(({ name }) => name)];
    expect(new Set(all).size).toBe(all.length);
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
      fc.property(fc.oneof(fc.string(), fc.constantFrom(...SPELLINGS)), (name) => {
        const once = normaliseCommand(name);
        if (once !== null) expect(normaliseCommand(once)).toBe(once);
      }),
    );
  });
});

describe('the catalogue of events', () => {
  it('is the written one, row by row', () => {
    expect(EVENTS).toEqual(CATALOGUE.events.map(({ name, aliases }) => ({ name, aliases })));
  });

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

describe('the written catalogue', () => {
  const { commands, serviceCommands, events, preconditions } = CATALOGUE;

  it.each(commands)('$name refers only to what there is', (row) => {
    expect(row.targets).toEqual(CATALOGUE.targets[row.kind]);
    expect(row.answer !== undefined).toBe(row.success === 'own');
    for (const { event } of row.events) expect(EVENTS.map(({ name }) => name)).toContain(event);
    for (const name of row.preconditions) {
      const code = preconditions[name]?.failure;
      expect([...row.failures, ...CATALOGUE.generalFailures]).toContain(code);
    }
    expect(row.data.length === 0).toBe(Object.keys(row.example).length === 0);
    expect(row.failures.includes('INVALID_DATA')).toBe(row.data.length > 0);
  });

  it('has no precondition that nothing needs', () => {
    const needed = [...CATALOGUE.generalPreconditions, ...commands.flatMap((row) => row.preconditions)];
    expect(new Set(needed)).toEqual(new Set(Object.keys(preconditions)));
  });

  it('uses every failure code, and no other', () => {
    const used = [
      ...CATALOGUE.generalFailures,
      ...[...commands, ...serviceCommands].flatMap((r) => r.failures),
    ];
    expect(new Set(used)).toEqual(new Set(FAILURE_CODES));
  });

  it.each(events)('$name is raised by a command, or is one that the switch alone raises', ({ name }) => {
    const raised = commands.flatMap((row) => row.events.map(({ event }) => event));
    const unasked = ['interaction.ended', 'conversation.busy', 'conversation.failed'];
    const afterwards = ['conversation.transfer.failed', 'conversation.conference.failed'];
    expect([...raised, ...unasked, ...afterwards]).toContain(name);
  });
});
