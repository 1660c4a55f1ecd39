import { type Curve } from './row.ts';
import { svgOf } from './svg.ts';

const curve = (more: Partial<Curve> = {}): Curve => ({
  plot: 'append',
  title: 'appends a second',
  x: 'sessions',
  y: 'appends/s',
  series: {
    engine: [
      [256, 18_000],
      [1, 900],
      [64, 15_000],
    ],
    'COPY & <more>': [
      [1, 1_000],
      [256, 24_000],
    ],
  },
  logX: true,
  ...more,
});
const texts = (svg: string): readonly string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text ?? '');

describe('svgOf', () => {
  it('names the axes, the ticks and each series', () => {
    const all = texts(svgOf(curve()));
    for (const text of ['appends a second', 'sessions', 'appends/s', 'engine', 'COPY &amp; &lt;more&gt;'])
      expect(all).toContain(text);
    expect(all).toEqual(expect.arrayContaining(['1', '64', '256', '0', '5,000', '25,000']));
  });

  it('draws each series from left to right, inside the axes', () => {
    const [engine] = [...svgOf(curve()).matchAll(/<path d="M([^"]*)" fill="none"/g)].map(([, path]) =>
      (path ?? '').split('L').map((point) => point.split(' ').map(Number)),
    );
    const xs = engine?.map(([x = NaN]) => x) ?? [];
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
    expect([xs[0], xs.at(-1)]).toEqual([76, 736]);
    for (const [, y = NaN] of engine ?? []) expect(y).toBeGreaterThanOrEqual(44);
  });

  it.each<[string, Partial<Curve>]>([
    ['no series', { series: {} }],
    ['an empty series', { series: { none: [] } }],
    ['one point at zero', { series: { one: [[0, 0]] }, logX: false }],
    [
      'points that are no numbers',
      {
        series: {
          broken: [
            [NaN, 1],
            [2, Infinity],
            [0, 1],
            [1, 1],
          ],
        },
      },
    ],
  ])('survives %s', (_, more) => {
    expect(svgOf(curve(more))).not.toMatch(/NaN|Infinity/);
  });
});
