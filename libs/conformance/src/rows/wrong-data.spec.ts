import { CATALOGUE } from '@cordboard/agent-protocol/catalogue';
import { parseRequest } from '@cordboard/agent-protocol';
import { wrongData } from './wrong-data.ts';

const S = '01a1ff2b-cf12-784d-b98e-f50db1d04994';
const targetOf = (shape = 'S'): string => [S, ...shape.split('.').slice(1)].join('.');

describe('wrongData', () => {
  it.each(CATALOGUE.commands)('$name: each variant is refused by the reader, the example is not', (row) => {
    const read = (data: unknown) =>
      parseRequest(
        JSON.stringify({ command: row.name, requestId: 'r', target: targetOf(row.targets[0]), data }),
      );
    expect(read(row.example).ok).toBe(true);
    for (const { why, data } of wrongData(row.example, row.data)) {
      const answer = read(data);
      expect([why, answer.ok ? 'taken' : answer.error.failure.code]).toEqual([why, 'INVALID_DATA']);
    }
  });

  it('tells what is missing, ill-typed, too long and unfit', () => {
    const [field] =
      CATALOGUE.commands.find(({ name }) => name === 'conversation.request.senddtmf')?.data ?? [];
    const variants = wrongData({ digits: '1' }, field === undefined ? [] : [field]);
    expect(variants.map(({ why }) => why)).toEqual(
      expect.arrayContaining(['data.digits is missing', 'data.digits is null', 'data.digits is a boolean']),
    );
    expect(variants.some(({ why }) => why.includes('does not fit'))).toBe(true);
  });
});
