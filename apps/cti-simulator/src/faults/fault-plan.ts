/** What can be done to an answer or an event of the adapter. */
export const FAULTS = ['delay', 'drop', 'double', 'refuse'] as const;
export type Fault = (typeof FAULTS)[number];

/** One way in which the adapter misbehaves. */
export interface FaultRule {
  readonly on: 'answer' | 'event';
  /** Name of the question or event; with `*` at its end all that begin like it. */
  readonly name: string;
  /** Id of the one session meant; without it all, and those that are about no session. */
  readonly session?: string | undefined;
  readonly do: Fault;
  readonly delayMs?: number | undefined;
  /** What a refusal says. */
  readonly message?: string | undefined;
  /** How often of all times it could, 0 to 1; without it always. */
  readonly chance?: number | undefined;
  /** How often in all; without it for ever. */
  readonly count?: number | undefined;
}

/** Rules in the order in which they are tried, and where chance begins. */
export interface FaultPlan {
  readonly seed: number;
  readonly rules: readonly FaultRule[];
}

/** Where a plan stands: what comes next by chance, and how often each rule has hit. */
export interface FaultProgress {
  readonly random: number;
  readonly hits: readonly number[];
}

/** An answer about to be given, or an event about to be told. */
export interface Passing {
  readonly on: 'answer' | 'event';
  readonly name: string;
  readonly session: string | null;
}

export const beginning = ({ seed, rules }: FaultPlan): FaultProgress => ({
  random: seed >>> 0,
  hits: rules.map(() => 0),
});

const fits = (name: string, pattern: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

const concerns = (rule: FaultRule, { on, name, session }: Passing): boolean =>
  rule.on === on && fits(name, rule.name) && (rule.session === undefined || rule.session === session);

/** The next state of a small generator, and a number from 0 up to but not 1. */
const rolled = (random: number): { readonly random: number; readonly roll: number } => {
  const next = (random + 0x6d2b79f5) >>> 0;
  const first = Math.imul(next ^ (next >>> 15), next | 1);
  const second = first ^ (first + Math.imul(first ^ (first >>> 7), first | 61));
  return { random: next, roll: ((second ^ (second >>> 14)) >>> 0) / 4_294_967_296 };
};

/** The first rule that hits what passes, and where the plan stands then; chance is asked once a rule with one. */
export const hitBy = (
  plan: FaultPlan,
  progress: FaultProgress,
  passing: Passing,
): { readonly rule: FaultRule | null; readonly progress: FaultProgress } => {
  let { random } = progress;
  for (const [index, rule] of plan.rules.entries()) {
    const used = progress.hits[index] ?? 0;
    if (!concerns(rule, passing) || used >= (rule.count ?? Infinity)) continue;
    if (rule.chance !== undefined) {
      const next = rolled(random);
      random = next.random;
      if (next.roll >= rule.chance) continue;
    }
    return { rule, progress: { random, hits: progress.hits.with(index, used + 1) } };
  }
  return { rule: null, progress: { ...progress, random } };
};
