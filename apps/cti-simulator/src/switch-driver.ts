import { type Clock, type IdSource, type Result } from '@cordboard/kernel';
import {
  nextTimerAt,
  switchDecider,
  type SwitchEvent,
  type SwitchInput,
  type SwitchRejection,
  type SwitchState,
} from '@cordboard/switch-sim';

type Unstamped<Input> = Input extends unknown ? Omit<Input, 'at' | 'seed'> : never;
/** An input of the switch before the driver gives it time and ids. */
export type SwitchOperation = Unstamped<SwitchInput>;

/** Runs the simulated switch in real time: stamps what comes in, fires timers, tells what happened. */
export class SwitchDriver {
  #state: SwitchState;
  #now = 0;
  #cancelTimer: () => void = () => undefined;
  #listeners: ((event: SwitchEvent) => void)[] = [];
  readonly #endings: (() => void)[] = [];

  constructor(
    readonly clock: Clock,
    private readonly ids: IdSource,
    house: SwitchState = switchDecider.initialState,
  ) {
    this.#state = house;
  }

  get state(): SwitchState {
    return this.#state;
  }

  /** Hears every event, in order; the state is then the one just after it. */
  onEvent(listener: (event: SwitchEvent) => void): void {
    this.#listeners.push(listener);
  }

  /** What is due happens first; then this, or its refusal. */
  apply(operation: SwitchOperation): Result<readonly SwitchEvent[], SwitchRejection> {
    this.#tick();
    const decided = this.#run(operation);
    this.#schedule();
    return decided;
  }

  /** Is called when the driver stops. */
  onStop(task: () => void): void {
    this.#endings.push(task);
  }

  stop(): void {
    this.#cancelTimer();
    this.#listeners = [];
    for (const task of this.#endings.splice(0)) task();
  }

  readonly #tick = (): void => {
    // The wall clock may be set back; the switch's time never runs backwards.
    this.#now = Math.max(this.#now, this.clock.now());
    this.#run({ kind: 'tick' });
  };

  #run(operation: SwitchOperation): Result<readonly SwitchEvent[], SwitchRejection> {
    const input = { ...operation, at: this.#now, seed: this.ids.next() } as SwitchInput;
    const decided = switchDecider.decide(this.#state, input);
    if (!decided.ok) return decided;
    for (const event of decided.value) {
      this.#state = switchDecider.evolve(this.#state, event);
      for (const listener of this.#listeners) listener(event);
    }
    return decided;
  }

  #schedule(): void {
    this.#cancelTimer();
    const next = nextTimerAt(this.#state, this.#now);
    if (next === null) return;
    this.#cancelTimer = this.clock.after(Math.max(0, next - this.clock.now()), () => {
      this.#tick();
      this.#schedule();
    });
  }
}
