import { type JsonObject } from '@cordboard/kernel';
import { spoiltObject } from '@cordboard/testing';
import { isValid } from '@cordboard/validation';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { CATALOGUE } from '../written/catalogue.ts';
import { type CommandWithData, readCommandData, READERS } from './command-data.ts';

const EXAMPLES: Readonly<Record<string, JsonObject>> = {
  ...Object.fromEntries(CATALOGUE.commands.map(({ name, example }) => [name, example])),
  prepareSession: { model: '', override: false, processor: '', agent: { id: '1001', password: '' } },
  bindSession: { afterSequence: 7, client: 'tab', takeover: false },
  observe: { targets: ['*.*.*._._', '*.*.*.*._'] },
  renewToken: { token: 'a.b.c' },
};
const COMMANDS = Object.keys(READERS).map((name) => [name as CommandWithData, EXAMPLES[name] ?? {}] as const);

describe('data of a command', () => {
  it.each(COMMANDS)('of %s is judged as class-validator judges it', (name, example) => {
    fc.assert(
      fc.property(spoiltObject(example), (data) => {
        const values = READERS[name](data);
        const [error] = validateSync(values, { stopAtFirstError: true });
        expect(isValid(values)).toBe(error === undefined);
        const read = readCommandData(name, data);
        expect(read.ok).toBe(error === undefined);
        const said = Object.values(error?.constraints ?? {})[0];
        if (said !== undefined) expect(read).toEqual({ ok: false, error: `data.${said}` });
      }),
      { numRuns: 200 },
    );
  });

  it.each(COMMANDS)('of %s as the catalogue shows it is good', (name, example) => {
    expect(isValid(READERS[name](example))).toBe(true);
  });
});
