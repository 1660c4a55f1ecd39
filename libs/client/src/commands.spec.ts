import { COMMANDS, normaliseCommand } from '@cordboard/agent-protocol';
import { type JsonObject } from '@cordboard/kernel';
import { type Ask, createCommands, METHODS } from './commands.ts';

/** The methods by name, as a desktop that reads a name from a button would call them. */
const methodsOf = (ask: Ask) =>
  createCommands(ask) as unknown as Readonly<
    Record<string, (target: string, data?: object) => Promise<unknown>>
  >;

describe('createCommands', () => {
  it('has one method for each row of the catalogue', () => {
    expect(Object.values(METHODS).toSorted()).toEqual(COMMANDS.map(({ name }) => name).toSorted());
    expect(new Set(Object.values(METHODS)).size).toBe(COMMANDS.length);
  });

  it.each(Object.entries(METHODS))('%s asks %s of its target, with its data', async (method, command) => {
    const asked: unknown[] = [];
    const methods = methodsOf(async (name: string, target: string, data?: JsonObject) => {
      asked.push([name, target, data]);
      return { command: name, result: 'success' };
    });
    await methods[method]?.('S.C', { key: 'value' });
    await methods[method]?.('S.C');
    expect(asked).toEqual([
      [command, 'S.C', { key: 'value' }],
      [command, 'S.C', {}],
    ]);
    expect(normaliseCommand(command)).toBe(command);
  });
});
