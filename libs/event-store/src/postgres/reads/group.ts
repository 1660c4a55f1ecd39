import { isRefusal } from '../ask.ts';

/** How calls are put together. */
interface GroupOptions<Call, Answer> {
  /** One statement for many calls; an answer for each, in their order. */
  readonly ask: (calls: readonly Call[]) => Promise<readonly Answer[]>;
  /** How many rows a call may bring. */
  readonly weight: (call: Call) => number;
}

interface Waiting<Call, Answer> {
  readonly call: Call;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** At most so many calls, and rows, in one statement; a single heavier call goes alone. */
const MOST_CALLS = 500;
const MOST_WEIGHT = 8_000;
const IN_FLIGHT = 2;

/**
 * Reads for many at once, as the appender writes (design K4): calls of one turn share a statement, and so do those
 * that come while statements are under way. A statement that is refused fails its own calls only; one without answer
 * fails those too that have waited for as long, so that nobody waits for a second one.
 */
export class Group<Call, Answer> {
  #waiting: Waiting<Call, Answer>[] = [];
  #inFlight = 0;
  #scheduled = false;

  constructor(private readonly options: GroupOptions<Call, Answer>) {}

  call(call: Call): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ call, resolve, reject });
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
    const behind = new Set(this.#waiting);
    try {
      const answers = await this.options.ask(batch.map(({ call }) => call));
      batch.forEach(({ resolve }, index) => resolve(answers[index] as Answer));
    } catch (error) {
      const lost = isRefusal(error) ? [] : this.#waiting.filter((waiting) => behind.has(waiting));
      this.#waiting = this.#waiting.filter((waiting) => !lost.includes(waiting));
      for (const { reject } of [...batch, ...lost]) reject(error);
    } finally {
      this.#inFlight -= 1;
      this.#send();
    }
  }
}
