import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The labels of a metric and all values that each can take; any other value is counted as `other`. */
type LabelSets = Readonly<Record<string, readonly string[]>>;
export type Labels<L extends LabelSets> = { readonly [K in keyof L]: L[K][number] };

export interface MetricOptions<L extends LabelSets> {
  /** Without the prefix `cordboard_`; a counter's ends in `_total`, units come last (`_seconds`). */
  readonly name: string;
  readonly help: string;
  readonly labels?: L;
}

/** What an app counts and measures. The same name twice is an error of the program and raises. */
export interface Metrics {
  readonly counter: <const L extends LabelSets = Record<never, never>>(
    options: MetricOptions<L>,
  ) => { readonly add: (labels?: Labels<L>, by?: number) => void };
  readonly gauge: <const L extends LabelSets = Record<never, never>>(
    options: MetricOptions<L>,
  ) => { readonly set: (value: number, labels?: Labels<L>) => void };
  /** `buckets` are upper bounds, rising. */
  readonly histogram: <const L extends LabelSets = Record<never, never>>(
    options: MetricOptions<L> & { readonly buckets?: readonly number[] },
  ) => { readonly observe: (value: number, labels?: Labels<L>) => void };
  /** Everything in the text format of Prometheus. */
  readonly text: () => Promise<string>;
}

const PREFIX = 'cordboard_';
const OTHER = 'other';

const bounded = (sets: LabelSets | undefined, given: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(
    Object.entries(sets ?? {}).map(([label, values]) => {
      const value = given[label] ?? OTHER;
      return [label, values.includes(value) ? value : OTHER];
    }),
  );

/** A registry of its own for one app, with the process's own metrics (memory, event loop, garbage collection). */
export const createMetrics = (app: string): Metrics => {
  const registry = new Registry();
  registry.setDefaultLabels({ app });
  collectDefaultMetrics({ register: registry, prefix: PREFIX });
  const shape = ({ name, help, labels }: MetricOptions<LabelSets>) => ({
    name: `${PREFIX}${name}`,
    help,
    labelNames: Object.keys(labels ?? {}),
    registers: [registry],
  });
  return {
    counter: (options) => {
      const counter = new Counter(shape(options));
      return { add: (labels, by = 1) => counter.inc(bounded(options.labels, labels), by) };
    },
    gauge: (options) => {
      const gauge = new Gauge(shape(options));
      return { set: (value, labels) => gauge.set(bounded(options.labels, labels), value) };
    },
    histogram: ({ buckets, ...options }) => {
      const histogram = new Histogram({ ...shape(options), ...(buckets ? { buckets: [...buckets] } : {}) });
      return { observe: (value, labels) => histogram.observe(bounded(options.labels, labels), value) };
    },
    text: () => registry.metrics(),
  };
};
