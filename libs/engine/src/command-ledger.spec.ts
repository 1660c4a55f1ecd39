import { createHash } from 'node:crypto';
import { createCommandLedger, LEDGER_ENTRIES } from './command-ledger.ts';

const digest = (id: string, content = 'same'): string =>
  Buffer.concat([
    createHash('sha256').update(id).digest().subarray(0, 16),
    createHash('sha256').update(content).digest().subarray(0, 8),
  ]).toString('base64');

describe('command ledger', () => {
  it('finds the outcome of a command that was done', () => {
    const ledger = createCommandLedger();
    ledger.add(digest('a'), 7);
    expect(ledger.find(digest('a'))).toEqual({ kind: 'done', seq: 7 });
    expect(ledger.find(digest('b'))).toEqual({ kind: 'unknown' });
  });

  it('notices an id that was used for something else', () => {
    const ledger = createCommandLedger();
    ledger.add(digest('a', 'hold'), 7);
    expect(ledger.find(digest('a', 'release'))).toEqual({ kind: 'reused' });
  });

  it('keeps the last 256 and forgets the oldest first', () => {
    const ledger = createCommandLedger();
    for (let n = 1; n <= LEDGER_ENTRIES + 10; n += 1) ledger.add(digest(`c${n}`), n);
    expect(ledger.find(digest('c10'))).toEqual({ kind: 'unknown' });
    for (let n = 11; n <= LEDGER_ENTRIES + 10; n += 1) {
      expect(ledger.find(digest(`c${n}`))).toEqual({ kind: 'done', seq: n });
    }
  });
});
