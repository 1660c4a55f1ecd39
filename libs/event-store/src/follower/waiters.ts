import { type LaneMark } from '../lanes.ts';

/** Someone who waits until these places are given; which ones is not known at first. */
interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
  goals: readonly LaneMark[] | null;
}

/** Those who asked to hear when the follower has caught up. */
export class Waiters {
  #waiting: readonly Waiter[] = [];

  add(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting = [...this.#waiting, { resolve, reject, goals: null }];
    });
  }

  /** Sets the goals of those who ask now, once they are known. */
  asking(): (goals: readonly LaneMark[]) => void {
    const asking = this.#waiting.filter(({ goals }) => goals === null);
    return (goals) => {
      for (const waiter of asking) waiter.goals = goals;
    };
  }

  settle(isGiven: (mark: LaneMark) => boolean): void {
    if (this.#waiting.length === 0) return;
    const done = this.#waiting.filter(({ goals }) => goals?.every(isGiven) ?? false);
    this.#waiting = this.#waiting.filter((waiter) => !done.includes(waiter));
    for (const { resolve } of done) resolve();
  }

  stop(): void {
    for (const { reject } of this.#waiting) reject(new Error('the follower was stopped'));
    this.#waiting = [];
  }
}
