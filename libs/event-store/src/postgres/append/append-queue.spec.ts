import { type Append } from '../../event-store.ts';
import { draft, writerOf } from '../../specimen.ts';
import { AppendQueue, BATCH_BYTES, BATCH_ROWS, type PendingAppend } from './append-queue.ts';
import { encodeAppend } from './encoded-append.ts';

const pending = (rows: number, extra: Partial<Append> = {}, text = ''): PendingAppend => {
  const drafts = Array.from({ length: rows }, () => draft({ data: { text } }));
  return { encoded: encodeAppend({ ...writerOf('demo').next(drafts), ...extra }), settle: () => undefined };
};
const opens = { tenant: 'demo', processor: 'sim', agentId: '1' };
const roomy = { maxRows: 10_000, maxBytes: 64 * 1024 * 1024 };
const filled = (items: readonly PendingAppend[], limits = roomy): AppendQueue => {
  const queue = new AppendQueue(limits);
  for (const item of items) expect(queue.offer(item)).toBe(true);
  return queue;
};

describe('the append queue', () => {
  it('gives batches in order, bounded in rows', () => {
    const items = Array.from({ length: 600 }, () => pending(1));
    const queue = filled(items);
    expect(queue.takeBatch()).toEqual(items.slice(0, BATCH_ROWS));
    expect(queue.takeBatch()).toEqual(items.slice(BATCH_ROWS));
    expect(queue.isEmpty).toBe(true);
    expect(queue.takeBatch()).toEqual([]);
  });

  it.each([
    [256, 256],
    [258, 129],
    [1_000, 500],
    [1_100, BATCH_ROWS],
  ])('gives of %d rows first %d', (rows, first) => {
    const items = Array.from({ length: rows }, () => pending(1));
    const queue = filled(items);
    expect(queue.takeFirst()).toEqual(items.slice(0, first));
    expect(queue.takeBatch()).toEqual(items.slice(first, first + BATCH_ROWS));
  });

  it('bounds batches in bytes, and lets a larger append go alone', () => {
    const half = 'x'.repeat(BATCH_BYTES / 2);
    const items = [pending(1, {}, half), pending(1, {}, half), pending(3, {}, half), pending(1)];
    const queue = filled(items);
    expect(
      [queue.takeBatch(), queue.takeBatch(), queue.takeBatch(), queue.takeBatch()].map((b) => b.length),
    ).toEqual([1, 1, 1, 1]);
    expect(queue.isEmpty).toBe(true);
  });

  it('never puts a place given back and one taken into the same batch', () => {
    const items = [pending(1, { opens }), pending(1, { closes: true }), pending(1), pending(1, { opens })];
    const queue = filled(items);
    expect(queue.takeBatch()).toEqual(items.slice(0, 3));
    expect(queue.takeBatch()).toEqual(items.slice(3));
  });

  it('refuses what does not fit, until there is room again', () => {
    const queue = filled([pending(3)], { maxRows: 4, maxBytes: 1024 * 1024 });
    expect(queue.offer(pending(2))).toBe(false);
    expect(queue.offer(pending(1, {}, 'x'.repeat(1024 * 1024)))).toBe(false);
    expect(queue.offer(pending(1))).toBe(true);
    queue.takeBatch();
    expect(queue.offer(pending(4))).toBe(true);
    queue.takeAll();
    expect(queue.offer(pending(4))).toBe(true);
  });

  it('takes out what waits for some sessions and makes room', () => {
    const items = [pending(2), pending(1), pending(1)];
    const queue = filled(items, { maxRows: 4, maxBytes: 1024 * 1024 });
    const gone = new Set([items[0]!.encoded.sessionId, items[2]!.encoded.sessionId]);
    expect(queue.takeSessions(new Set())).toEqual([]);
    expect(queue.takeSessions(gone)).toEqual([items[0], items[2]]);
    expect(queue.offer(pending(3))).toBe(true);
    expect(queue.takeAll()).toHaveLength(2);
  });
});
