import {
  type AdapterReport,
  type Carrier,
  formatReport,
  hasFailed,
  type Level,
  LEVELS,
  NoAdapter,
  openNatsCarrier,
  openTcpCarrier,
  reportAsJson,
  runAdapterConformance,
  simulatedPhoneSystem,
} from '@cordboard/conformance';
import { SetupError } from '@cordboard/embedded';
import { dataFolder } from '../data-folder.ts';
import { withHistory } from '../history/open-history.ts';
import { addressOf } from '../stack/runtime-file.ts';
import { addressGiven, agentsGiven } from './given.ts';

export interface AdapterOptions {
  readonly adapter: string;
  readonly nats?: string | undefined;
  readonly tenant?: string | undefined;
  readonly listen?: string | undefined;
  readonly agent?: string | undefined;
  readonly password: string;
  readonly simulator?: string | undefined;
  readonly dial?: string | undefined;
  readonly level?: string | undefined;
  readonly only?: string | undefined;
  readonly timeout?: number | undefined;
  readonly force: boolean;
  readonly json: boolean;
}

/** Of the ten agents of the simulated switch those who are asked for least. */
const AGENTS = '1008,1009,1010';
const LISTED = 1_000;
/** What a shell says of a command that Ctrl-C ended. */
const INTERRUPTED = 130;

const levelsGiven = (text: string | undefined): readonly Level[] => {
  if (text === undefined) return LEVELS;
  const words = text.split(',').map((word) => word.trim());
  const known = LEVELS.filter((level) => words.includes(level));
  if (known.length === words.length) return known;
  throw new SetupError(`--level is "${text}": give some of ${LEVELS.join(', ')}, parted by commas.`);
};

const hostAndPort = (text: string): { readonly host: string; readonly port: number } => {
  const [, host = '', digits = ''] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (host !== '' && port <= 65_535) return { host: host.replace(/^\[(.*)\]$/, '$1'), port };
  throw new SetupError(`--listen is "${text}": give an address and a port, for example 127.0.0.1:8094.`);
};

const openCarrier = async ({
  adapter: processor,
  listen,
  nats,
  tenant,
}: AdapterOptions): Promise<Carrier> => {
  if (listen !== undefined) return openTcpCarrier({ ...hostAndPort(listen), processor });
  const folder = dataFolder();
  const url = nats ?? addressOf(folder, 'CORDBOARD_NATS_URL', 'natsUrl');
  const credsFile = process.env['CORDBOARD_NATS_CREDS'];
  const of = tenant ?? (nats === undefined ? addressOf(folder, 'CORDBOARD_TENANT', 'tenant') : 'demo');
  return openNatsCarrier({ url, credsFile }, { tenant: of, processor });
};

/** On the stack that runs here, agents who are at work are left alone. */
const refuseBusy = async ({ nats, listen }: AdapterOptions, agents: readonly string[]): Promise<void> => {
  if (nats !== undefined || listen !== undefined) return;
  const sessions = await withHistory((store) => store.sessions({ limit: LISTED })).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`whether agents are at work cannot be seen: ${why}\n`);
    return [];
  });
  const busy = agents.filter((id) => sessions.some(({ agentId, open }) => open && agentId === id));
  if (busy.length === 0) return;
  throw new SetupError(
    `Agent ${busy.join(', ')} has an open session, which the kit would end: name others with --agent, end it first, or give --force.`,
  );
};

/** Ctrl-C ends the run early, once; what was logged in is logged out. */
const untilInterrupted = async <T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const abort = new AbortController();
  const stop = (): void => {
    process.stderr.write('stopping: logging out\n');
    process.exitCode = INTERRUPTED;
    abort.abort();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    return await run(abort.signal);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
};

const check = async (options: AdapterOptions): Promise<AdapterReport> => {
  const agents = agentsGiven(options.agent ?? AGENTS);
  const { simulator, timeout, adapter: processor, password, dial, only, force } = options;
  const levels = levelsGiven(options.level);
  const world =
    simulator === undefined
      ? undefined
      : simulatedPhoneSystem(addressGiven('simulator', simulator, /^https?:$/, 'http://127.0.0.1:8091'));
  if (!force) await refuseBusy(options, agents);
  const carrier = await openCarrier(options);
  const timeoutMs = timeout === undefined ? undefined : timeout * 1_000;
  const progress = (text: string): void => void process.stderr.write(`${text}\n`);
  progress(`waiting for the adapter "${processor}" at ${carrier.where}`);
  const rest = { processor, agents, password, world, dial, levels, only, force, timeoutMs, progress };
  return untilInterrupted((signal) => runAdapterConformance({ ...rest, carrier, signal }));
};

/** `cordboard conformance --adapter`: the report goes to stdout, progress to stderr; the exit code is 1 if a check failed. */
export const adapterCommand = async (options: AdapterOptions): Promise<void> => {
  const report = await check(options).catch((error: unknown) => {
    throw error instanceof NoAdapter ? new SetupError(error.message) : error;
  });
  if (report.entries.length === 0) throw new SetupError(`No check begins with "${options.only ?? ''}".`);
  process.stdout.write(`${options.json ? reportAsJson(report) : formatReport(report)}\n`);
  if (hasFailed(report)) process.exitCode = 1;
};
