import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SEQUENCES } from './sequences/all.ts';

/** Where the sequences say that we differ, by the row that gives the reason. */
const deviations = new Set(
  SEQUENCES.flatMap(([, sequences]) => sequences)
    .flatMap(({ rows }) => rows)
    .flatMap(({ deviation }) => (deviation === undefined ? [] : [deviation.row])),
);

const decisions = readFileSync(join(process.cwd(), 'docs', 'protocol-decisions.md'), 'utf8');

describe('where our messages differ from the sequences', () => {
  it('is in these points and no other', () => {
    expect([...deviations].sort()).toEqual(['B32', 'E36', 'E5', 'E9']);
  });

  it.each([...deviations])('%s has its reason in docs/protocol-decisions.md', (row) => {
    expect(decisions).toContain(`\n| ${row} | `);
  });
});
