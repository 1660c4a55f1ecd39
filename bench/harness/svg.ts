import { type Curve } from './row.ts';

const WIDTH = 760;
const HEIGHT = 420;
const LEFT = 76;
const RIGHT = 24;
const TOP = 44;
const BOTTOM = 56;
const LEGEND_LINE = 20;
/** Neither light nor dark, so that the plot can be read on both; there is no background. */
const INK = '#7d8590';
const COLOURS = ['#3b82f6', '#e5702a', '#2da44e', '#a371f7', '#d1495b', '#b58900', '#17a2b8', '#8b949e'];
const DASHES = ['', '7 4', '2 4'];

type Point = readonly [number, number];
interface Axis {
  readonly ticks: readonly number[];
  readonly place: (value: number) => number;
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** 1, 2 or 5 times a power of ten, so that about five of them reach `most`. */
const stepOf = (most: number): number => {
  const rough = most / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
};

/** From zero to the first tick that no value is above. */
const linear = (values: readonly number[], from: number, to: number): Axis => {
  const most = Math.max(0, ...values) || 1;
  const step = stepOf(most);
  const count = Math.ceil(most / step - 1e-9);
  return {
    ticks: Array.from({ length: count + 1 }, (_, n) => n * step),
    place: (value) => from + ((to - from) * value) / (count * step),
  };
};

/** A tick for each value, since few were measured. */
const logarithmic = (values: readonly number[], from: number, to: number): Axis => {
  const ticks = [...new Set(values)].toSorted((a, b) => a - b);
  const [least, most] = [Math.log(ticks[0] ?? 1), Math.log(ticks.at(-1) ?? 1)];
  const width = most === least ? 1 : most - least;
  return { ticks, place: (value) => from + ((to - from) * (Math.log(value) - least)) / width };
};

const text = (x: number, y: number, anchor: string, words: string, more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}"${more}>${escape(words)}</text>`;

const rule = (x1: number, y1: number, x2: number, y2: number, opacity: number): string =>
  `<path d="M${x1.toFixed(1)} ${y1.toFixed(1)}L${x2.toFixed(1)} ${y2.toFixed(1)}" stroke="${INK}" stroke-opacity="${opacity}"/>`;

const number = (value: number): string =>
  value >= 1_000 ? value.toLocaleString('en-US') : String(Number(value.toPrecision(4)));

const axes = ({ x, y }: Curve, across: Axis, up: Axis): readonly string[] => [
  ...up.ticks.flatMap((tick) => [
    rule(LEFT, up.place(tick), WIDTH - RIGHT, up.place(tick), tick === 0 ? 1 : 0.25),
    text(LEFT - 8, up.place(tick) + 4, 'end', number(tick)),
  ]),
  ...across.ticks.flatMap((tick) => [
    rule(across.place(tick), HEIGHT - BOTTOM, across.place(tick), HEIGHT - BOTTOM + 5, 1),
    text(across.place(tick), HEIGHT - BOTTOM + 20, 'middle', number(tick)),
  ]),
  text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, 'middle', x),
  text(
    16,
    (TOP + HEIGHT - BOTTOM) / 2,
    'middle',
    y,
    ` transform="rotate(-90 16 ${(TOP + HEIGHT - BOTTOM) / 2})"`,
  ),
];

const lineOf = (points: readonly Point[], place: (point: Point) => Point, n: number): string => {
  const colour = COLOURS[n % COLOURS.length];
  const dash = DASHES[Math.floor(n / COLOURS.length) % DASHES.length];
  const placed = points.toSorted(([a], [b]) => a - b).map(place);
  const path = placed.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L');
  const dots = placed.map(
    ([x, y]) => `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="3.5" fill="${colour}"/>`,
  );
  return `<path d="M${path}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>${dots.join('')}`;
};

const legend = (names: readonly string[]): readonly string[] =>
  names.flatMap((name, n) => {
    const y = HEIGHT + 6 + n * LEGEND_LINE;
    const colour = COLOURS[n % COLOURS.length];
    return [
      `<path d="M${LEFT} ${y - 4}h26" stroke="${colour}" stroke-width="2" stroke-dasharray="${DASHES[Math.floor(n / COLOURS.length) % DASHES.length]}"/><circle cx="${LEFT + 13}" cy="${y - 4}" r="3.5" fill="${colour}"/>`,
      text(LEFT + 34, y, 'start', name),
    ];
  });

/** The plot as an SVG file; points that are no numbers are left out, and on a logarithmic axis those not above 0. */
export const svgOf = (curve: Curve): string => {
  const good = ([x, y]: Point): boolean =>
    Number.isFinite(x) && Number.isFinite(y) && (curve.logX !== true || x > 0);
  const series = Object.entries(curve.series).map(([name, points]) => [name, points.filter(good)] as const);
  const points = series.flatMap(([, some]) => some);
  const axis = curve.logX === true ? logarithmic : linear;
  const across = axis(
    points.map(([x]) => x),
    LEFT,
    WIDTH - RIGHT,
  );
  const up = linear(
    points.map(([, y]) => y),
    HEIGHT - BOTTOM,
    TOP,
  );
  const height = HEIGHT + series.length * LEGEND_LINE + 8;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="system-ui, sans-serif" font-size="13" fill="${INK}">`,
    text(WIDTH / 2, 24, 'middle', curve.title, ' font-size="16" font-weight="600"'),
    ...axes(curve, across, up),
    ...series.map(([, some], n) =>
      some.length === 0 ? '' : lineOf(some, ([x, y]) => [across.place(x), up.place(y)], n),
    ),
    ...legend(series.map(([name]) => name)),
    '</svg>',
    '',
  ].join('\n');
};
