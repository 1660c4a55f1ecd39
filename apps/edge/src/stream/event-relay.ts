import { type Clock } from '@cordboard/kernel';
import { type Frame, isPassing, splice } from './splice.ts';

export interface RelayPorts {
  readonly clock: Clock;
  /** Stored frames after a sequence, the lowest first, a page of them. */
  readonly read: (after: number) => Promise<readonly Frame[]>;
  readonly send: (text: string) => void;
  /** A gap was found that has to be closed from the log. */
  readonly onRepair: () => void;
  /** The gap could not be closed; the browser has to come again. */
  readonly onBroken: () => void;
}

/** Frames kept while the browser's place is not known or a gap is open; later ones are read from the log. */
const MAX_HELD = 256;
/** Passing frames kept for their place; each supersedes the ones before it. */
const MAX_PASSING = 4;
const MAX_FRUITLESS_READS = 6;
const FIRST_PAUSE_MS = 50;

/**
 * The object events of one session on their way to one browser: in order, each once, none missing. Holds back
 * what is heard until `release` tells what the browser has; then a gap, whatever its cause (a lost message, a
 * restarted owner), is closed from the log before anything behind it goes out.
 */
export class EventRelay {
  #last = 0;
  #wanted = 0;
  #held: Frame[] = [];
  /** Told live and stored nowhere: they wait for the frames that went before them, never for one of their own. */
  #passing: Frame[] = [];
  #state: 'holding' | 'live' | 'repairing' | 'stopped' = 'holding';
  #cancelPause: () => void = () => undefined;

  constructor(private readonly ports: RelayPorts) {}

  /** Sequence of the last object event that the browser was sent. */
  get last(): number {
    return this.#last;
  }

  /** Takes a live frame in. */
  offer(frame: Frame): void {
    if (isPassing(frame)) return this.#offerPassing(frame);
    if (this.#state === 'stopped' || frame.sequence <= this.#last) return;
    this.#wanted = Math.max(this.#wanted, frame.sequence);
    if (this.#state === 'live' && (frame.previous ?? 0) === this.#last) return this.#send(frame);
    if (this.#held.length < MAX_HELD) this.#held.push(frame);
    if (this.#state === 'live') this.#repair();
  }

  /** The browser has everything up to `last`: what it missed since and what was held goes out. */
  release(last: number, missed: readonly Frame[] = []): void {
    if (this.#state !== 'holding') return;
    this.#last = last;
    this.#state = 'live';
    this.#sendPassing();
    this.#held.push(...missed);
    this.#sendHeld();
    if (this.#wanted > this.#last) this.#repair();
  }

  /** What the owner says the last sequence is. It said all up to there before, so being behind is a loss. */
  announce(sequence: number): void {
    if (sequence <= this.#last || this.#state !== 'live') return;
    this.#wanted = Math.max(this.#wanted, sequence);
    this.#repair();
  }

  stop(): void {
    this.#state = 'stopped';
    this.#held = [];
    this.#passing = [];
    this.#cancelPause();
  }

  #offerPassing(frame: Frame): void {
    if (this.#state === 'stopped' || frame.sequence < this.#last) return;
    this.#passing = [...this.#passing, frame].slice(-MAX_PASSING);
    this.#wanted = Math.max(this.#wanted, frame.sequence);
    if (this.#state === 'live' && frame.sequence === this.#last) this.#sendPassing();
    else this.announce(frame.sequence);
  }

  /** Out goes what is at its place; what later frames have overtaken is old news. */
  #sendPassing(): void {
    for (const { sequence, text } of this.#passing) if (sequence === this.#last) this.ports.send(text);
    this.#passing = this.#passing.filter(({ sequence }) => sequence > this.#last);
  }

  #send(frame: Frame): void {
    this.#last = frame.sequence;
    this.ports.send(frame.text);
    this.#sendPassing();
  }

  #sendHeld(): void {
    const { ready, held } = splice(this.#last, this.#held);
    this.#held = [...held];
    for (const frame of ready) this.#send(frame);
  }

  #repair(): void {
    this.#state = 'repairing';
    this.ports.onRepair();
    void this.#read(0);
  }

  async #read(fruitless: number): Promise<void> {
    const frames = await this.ports.read(this.#last).catch((): readonly Frame[] => []);
    if (this.#state !== 'repairing') return;
    const before = this.#last;
    this.#held.push(...frames);
    this.#sendHeld();
    if (this.#last >= this.#wanted) {
      this.#state = 'live';
      return;
    }
    const without = this.#last > before ? 0 : fruitless + 1;
    if (without >= MAX_FRUITLESS_READS) return this.#break();
    const pauseMs = without === 0 ? 0 : FIRST_PAUSE_MS * 2 ** without;
    this.#cancelPause = this.ports.clock.after(pauseMs, () => void this.#read(without));
  }

  #break(): void {
    this.stop();
    this.ports.onBroken();
  }
}
