import { createOutboundMeter } from './outbound.ts';

/** A server that takes what was sent when it is told to, or breaks. */
const server = () => {
  const asked: { readonly takes: () => void; readonly breaks: () => void }[] = [];
  const flush = (): Promise<void> =>
    new Promise((resolve, reject) => {
      asked.push({ takes: resolve, breaks: () => reject(new Error('gone')) });
    });
  return { asked, flush };
};

describe('what the server has yet to take', () => {
  it('may be as much as the limit, and not a byte more', () => {
    const { flush } = server();
    const meter = createOutboundMeter(100, flush);
    expect([meter.add(60), meter.add(40), meter.add(1)]).toEqual([true, true, false]);
  });

  it('counts no more once it was taken, though more was sent meanwhile', async () => {
    const { flush, asked } = server();
    const meter = createOutboundMeter(100, flush);
    meter.add(60);
    meter.add(30);
    asked[0]?.takes();
    await Promise.resolve();
    await Promise.resolve();
    expect([meter.add(70), meter.add(1)]).toEqual([true, false]);
  });

  it('is asked for once at a time, and again after an answer that failed', async () => {
    const { flush, asked } = server();
    const meter = createOutboundMeter(100, flush);
    for (let n = 0; n < 5; n += 1) meter.add(15);
    expect(asked).toHaveLength(1);
    asked[0]?.breaks();
    await new Promise(setImmediate);
    expect(meter.add(15)).toBe(true);
    expect(asked).toHaveLength(2);
    expect(meter.add(15)).toBe(false);
  });
});
