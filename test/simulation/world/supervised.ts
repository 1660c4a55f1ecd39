import { type Bus } from '@cordboard/bus';
import { type Host } from './host.ts';
import { type Scheduler } from './scheduler.ts';

interface Running {
  readonly host: Host;
  readonly bus: Bus;
}

interface Given<Process> {
  readonly scheduler: Scheduler;
  readonly name: string;
  readonly note: (said: string) => void;
  /** Makes the process of that number; it may fail to start. */
  readonly start: (run: number) => { readonly host: Host; readonly starting: Promise<Process> };
}

const RESTART_MS = 300;
const FAREWELL_MS = 100;

/** A process that is started again whenever it ends, as the supervisor of the house does it. */
export class Supervised<Process extends Running> {
  readonly name: string;
  #runs = 0;
  #host: Host | null = null;
  #running: Process | null = null;

  constructor(private readonly given: Given<Process>) {
    this.name = given.name;
  }

  /** The process, once it has started; null while there is none. */
  get running(): Process | null {
    return this.#running;
  }

  /** The host of now, also of one that is still starting. */
  get host(): Host | null {
    return this.#host;
  }

  start(): void {
    this.#runs += 1;
    const { host, starting } = this.given.start(this.#runs);
    this.#host = host;
    host.onCrash(() => this.#ended(host));
    starting.then(
      (process) => this.#started(host, process),
      (error: unknown) => this.#fail(host, `did not start: ${String(error)}`),
    );
  }

  #started(host: Host, process: Process): void {
    if (host.isDead()) return;
    this.#running = process;
    // A process that has lost its connection ends (design K7).
    void process.bus.closed.then((reason) =>
      this.given.scheduler.at(this.given.scheduler.now() + FAREWELL_MS, host, 'ends', () =>
        this.#fail(host, reason),
      ),
    );
  }

  #fail(host: Host, reason: string): void {
    this.given.note(`ends: ${reason}`);
    host.crash();
  }

  #ended(host: Host): void {
    if (this.#host !== host) return;
    this.#running = null;
    this.given.scheduler.at(this.given.scheduler.now() + RESTART_MS, null, `starts ${this.name}`, () =>
      this.start(),
    );
  }
}
