import { type Checkpoint, type LaneInfo, type LaneMark } from '../lanes.ts';

/** What is known of one lane after `done`. */
interface Lane {
  /** Rows up to here were given. */
  given: number;
  /** Rows up to here are known to stand in the log. */
  known: number;
  closed: boolean;
  /** Another lane must be given up to here first: the next row's session came from there. */
  waitsFor: LaneMark | null;
}

/** Numbers that are taken but not listed may still be on their way for this long; longer, and nobody uses them. */
const OPENING_MS = 60_000;

/** How far each lane was followed (design K3), and which is to be read next. */
export class LaneVector {
  readonly #lanes = new Map<number, Lane>();
  readonly #gaps = new Map<number, number>();
  #done: number;
  #last = 0;

  constructor(from: Checkpoint | null) {
    this.#done = from?.done ?? 0;
    for (const [lane, given] of Object.entries(from?.lanes ?? {})) this.#lane(Number(lane)).given = given;
  }

  get checkpoint(): Checkpoint {
    const begun = [...this.#lanes].filter(([, { given }]) => given > 0);
    return { done: this.#done, lanes: Object.fromEntries(begun.map(([lane, { given }]) => [lane, given])) };
  }

  get done(): number {
    return this.#done;
  }

  isGiven({ lane, wpos }: LaneMark): boolean {
    return lane <= this.#done || (this.#lanes.get(lane)?.given ?? 0) >= wpos;
  }

  givenOf(lane: number): number {
    return this.#lane(lane).given;
  }

  /** A lane holds rows up to a place. */
  hear({ lane, wpos }: LaneMark): void {
    if (lane <= this.#done) return;
    const heard = this.#lane(lane);
    heard.known = Math.max(heard.known, wpos);
  }

  /** All lanes after `done`, lowest first, as the log lists them now. */
  list(infos: readonly LaneInfo[], now: number): void {
    for (const { lane, closed, lastWpos } of infos) {
      this.hear({ lane, wpos: lastWpos });
      this.#lane(lane).closed ||= closed;
    }
    for (const { lane } of infos) {
      if (this.#mayBeOpening(lane, now) || !this.#isOver(this.#lane(lane))) return;
      this.#leaveBehind(lane);
    }
  }

  #leaveBehind(lane: number): void {
    this.#done = lane;
    this.#gaps.delete(lane);
    for (const id of [...this.#lanes.keys()]) if (id <= lane) this.#lanes.delete(id);
  }

  give({ lane, wpos }: LaneMark): void {
    this.#lane(lane).given = wpos;
  }

  block(lane: number, waitsFor: LaneMark): void {
    this.#lane(lane).waitsFor = waitsFor;
    this.hear(waitsFor);
  }

  /** The log has no more rows than were given: what was heard is not there, or was archived. */
  isAtEnd(id: number): void {
    const lane = this.#lane(id);
    if (lane.closed) lane.given = lane.known;
    else lane.known = lane.given;
  }

  /** A lane with rows to read, each in its turn; null when there is none. */
  next(): number | null {
    const behind = [...this.#lanes].filter(([, lane]) => this.#isReady(lane)).map(([lane]) => lane);
    const lane = behind.find((id) => id > this.#last) ?? behind[0] ?? null;
    if (lane !== null) this.#last = lane;
    return lane;
  }

  #lane(id: number): Lane {
    const present = this.#lanes.get(id);
    if (present !== undefined) return present;
    const lane = { given: 0, known: 0, closed: false, waitsFor: null };
    this.#lanes.set(id, lane);
    return lane;
  }

  #isOver({ closed, given, known }: Lane): boolean {
    return closed && given >= known;
  }

  #isReady({ given, known, waitsFor }: Lane): boolean {
    return given < known && (waitsFor === null || this.isGiven(waitsFor));
  }

  #mayBeOpening(lane: number, now: number): boolean {
    if (lane === this.#done + 1) return false;
    const since = this.#gaps.get(lane) ?? now;
    this.#gaps.set(lane, since);
    return now - since < OPENING_MS;
  }
}
