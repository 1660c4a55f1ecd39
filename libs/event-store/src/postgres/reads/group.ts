/** How calls are put together. */
interface GroupOptions<Call, Answer> {
  /** One statement for many calls; an answer for each, in their order. */
  readonly ask: (calls: readonly Call[], timeoutMs: number) => Promise<readonly Answer[]>;
  /** How many rows a call may bring. */
  readonly weight: (call: Call) => number;
  /** A call fails when it has no answer by then. */
  readonly timeoutMs: number;
  readonly now: () => number;
}

interface Waiting<Call, Answer> {
  readonly call: Call;
  readonly askedAt: number;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** At most so many calls, and rows, in one statement; a single heavier call goes alone. */
const MOST_CALLS = 500;
const MOST_WEIGHT = 16_000;
const IN_FLIGHT = 2;
/** A statement is not sent with less time than this to answer. */
const LEAST_MS = 250;

/**
 * Reads for many at once, as the appender writes (design K4): calls of one turn share a statement, and so do those
 * that come while statements are under way. A statement that fails fails its own calls only.
 */
export class Group<Call, Answer> {
  #waiting: Waiting<Call, Answer>[] = [];
  #inFlight = 0;
  #scheduled = false;

  constructor(private readonly options: GroupOptions<Call, Answer>) {}

  call(call: Call): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ call, askedAt: this.options.now(), resolve, reject });
      if (this.#scheduled) return;
      this.#scheduled = true;
      // What one burst of messages asks for goes together; an idle process waits no longer for it.
      setImmediate(() => {
        this.#scheduled = false;
        this.#send();
      });
    });
  }

  #send(): void {
    while (this.#inFlight < IN_FLIGHT && this.#waiting.length > 0) void this.#run(this.#take());
  }

  #take(): readonly Waiting<Call, Answer>[] {
    let weight = 0;
    const end = this.#waiting.findIndex(({ call }, index) => {
      weight += this.options.weight(call);
      return index === MOST_CALLS || (index > 0 && weight > MOST_WEIGHT);
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }

  async #run(batch: readonly Waiting<Call, Answer>[]): Promise<void> {
    this.#inFlight += 1;
    try {
      const oldest = batch[0]?.askedAt ?? this.options.now();
      const timeoutMs = oldest + this.options.timeoutMs - this.options.now();
      const answers = await this.options.ask(
        batch.map(({ call }) => call),
        Math.max(timeoutMs, LEAST_MS),
      );
      batch.forEach(({ resolve }, index) => resolve(answers[index] as Answer));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.#inFlight -= 1;
      this.#send();
    }
  }
}
