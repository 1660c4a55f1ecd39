import { type Clock } from '@cordboard/kernel';
import {
  beginning,
  type FaultPlan,
  type FaultProgress,
  type FaultRule,
  hitBy,
  type Passing,
} from './fault-plan.ts';

/** What may wait while the adapter hangs; the rest is lost. */
const MAX_HELD = 50_000;

const NONE: FaultPlan = { seed: 0, rules: [] };

/** How the adapter misbehaves now. */
export class Faults {
  #plan = NONE;
  #progress: FaultProgress = beginning(NONE);
  #hungUntil: number | null = null;
  #held: (() => void)[] = [];
  #wake: () => void = () => undefined;

  constructor(private readonly clock: Clock) {}

  get plan(): FaultPlan {
    return this.#plan;
  }

  /** How often each rule has hit. */
  get hits(): readonly number[] {
    return this.#progress.hits;
  }

  /** Until when nothing goes in or out; null when it does. */
  get hungUntil(): number | null {
    return this.#hungUntil;
  }

  /** These rules from now on, from the beginning; none: all is well. */
  set(plan: FaultPlan = NONE): void {
    this.#plan = plan;
    this.#progress = beginning(plan);
  }

  /** The rule that hits what passes, if any. */
  hit(passing: Passing): FaultRule | null {
    const { rule, progress } = hitBy(this.#plan, this.#progress, passing);
    this.#progress = progress;
    return rule;
  }

  /** Nothing goes in or out for so long; then all of it does, in order. */
  hang(forMs: number): void {
    this.#wake();
    this.#hungUntil = this.clock.now() + forMs;
    this.#wake = this.clock.after(forMs, () => this.#goOn());
  }

  /** Runs what goes in or out, once nothing hangs. */
  readonly pass = (task: () => void): void => {
    if (this.#hungUntil === null) return task();
    if (this.#held.length < MAX_HELD) this.#held.push(task);
  };

  /** What waits is lost, and nothing hangs any more. */
  forget(): void {
    this.#wake();
    this.#hungUntil = null;
    this.#held = [];
  }

  #goOn(): void {
    const held = this.#held;
    this.forget();
    for (const task of held) task();
  }
}
