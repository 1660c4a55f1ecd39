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

  it('takes the end of one entry for no other', () => {
    const ledger = createCommandLedger();
    ledger.add(digest('a'), 7);
    const bytes = Buffer.concat([Buffer.from(digest('a'), 'base64').subarray(12), Buffer.from([0, 0, 0, 7])]);
    const misled = Buffer.concat([bytes, Buffer.alloc(8)]).toString('base64');
    expect(ledger.find(misled)).toEqual({ kind: 'unknown' });
    ledger.add(misled, 8);
    expect(ledger.find(misled)).toEqual({ kind: 'done', seq: 8 });
  });

  it('keeps the last 256 and forgets the oldest first', () => {
    const ledger = createCommandLedger();
    for (let n = 1; n <= LEDGER_ENTRIES + 10; n += 1) ledger.add(digest(`c${n}`), n);
    expect(ledger.find(digest('c10'))).toEqual({ kind: 'unknown' });
    for (let n = 11; n <= LEDGER_ENTRIES + 10; n += 1) {
      expect(ledger.find(digest(`c${n}`))).toEqual({ kind: 'done', seq: n });
    }
  });

  it.each([0, 1, 8, 9, LEDGER_ENTRIES, LEDGER_ENTRIES + 10])(
    'is the same again when %i were packed',
    (count) => {
      const ledger = createCommandLedger();
      for (let n = 1; n <= count; n += 1) ledger.add(digest(`c${n}`), n);
      const again = createCommandLedger(ledger.pack());
      expect(again.pack()).toEqual(ledger.pack());
      for (const one of [ledger, again]) for (let n = 1; n <= 3; n += 1) one.add(digest(`d${n}`), n);
      expect(again.pack()).toEqual(ledger.pack());
      expect(again.find(digest(`c${count}`)).kind).toBe(count === 0 ? 'unknown' : 'done');
    },
  );
});
