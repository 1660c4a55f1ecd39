import { type BridgePeer } from '@cordboard/adapter-sdk';
import { answerFailure } from '@cordboard/cti-protocol';
import { type Clock } from '@cordboard/kernel';

/** The time in which the switch cannot be reached, while it restarts. */
export class Outage {
  #isOn = false;
  #cancel: () => void = () => undefined;
  readonly #listeners: ((isOn: boolean) => void)[] = [];

  constructor(private readonly clock: Clock) {}

  get isOn(): boolean {
    return this.#isOn;
  }

  /** Hears when it begins and when it is over. */
  onChange(listener: (isOn: boolean) => void): void {
    this.#listeners.push(listener);
  }

  begin(forMs: number): void {
    this.#set(true);
    this.#cancel = this.clock.after(forMs, () => this.#set(false));
  }

  /** Nothing comes back any more. */
  stop(): void {
    this.#cancel();
  }

  #set(isOn: boolean): void {
    this.#isOn = isOn;
    for (const listener of this.#listeners) listener(isOn);
  }
}

/** Needs no switch: the handshake, and what only tidies up. */
const WITHOUT_SWITCH =
  /^cti\.request\.|^cti\.query\.capabilities$|\.request\.(dispose|removechannel|removechannelgroup)$/;

/** A peer whose questions are refused while the switch cannot be reached. */
export const unreachablePeer = (inner: BridgePeer, outage: Outage): BridgePeer => ({
  ask: (question, answer) =>
    outage.isOn && !WITHOUT_SWITCH.test(question.header.name)
      ? answer(answerFailure(question, 'the switch restarts: try again in a moment'))
      : inner.ask(question, answer),
  onEvent: inner.onEvent,
});
