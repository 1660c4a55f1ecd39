import {
  agentOf,
  developmentTokens,
  formatReport,
  hasFailed,
  reportAsJson,
  runConformance,
  type RunOptions,
  simulatedPhoneSystem,
  writeExchanges,
} from '@cordboard/conformance';
import { SetupError } from '@cordboard/embedded';
import { addressGiven, agentsGiven } from './given.ts';

/** What is asked of a deployment, by its address. */
export interface ConformanceOptions {
  readonly url: string;
  readonly token?: string | undefined;
  readonly agent?: string | undefined;
  readonly password: string;
  readonly simulator?: string | undefined;
  readonly only?: string | undefined;
  readonly record?: string | undefined;
  readonly json: boolean;
}

/** A token is for one agent; without one, tokens are asked for as on a developer's machine. */
const whoWorks = ({
  url,
  token,
  agent = '1001',
}: ConformanceOptions): Pick<RunOptions, 'agents' | 'token'> => {
  if (token === undefined) return { agents: agentsGiven(agent), token: developmentTokens(url) };
  const subject = agentOf(token);
  if (subject === '')
    throw new SetupError('--token is no JSON web token with a claim "sub": give one for an agent.');
  return { agents: [subject], token: async () => token };
};

const settings = (options: ConformanceOptions): RunOptions => {
  const { simulator, password, only } = options;
  const url = addressGiven('url', options.url, /^wss?:$/, 'ws://127.0.0.1:8080');
  const world =
    simulator === undefined
      ? undefined
      : simulatedPhoneSystem(addressGiven('simulator', simulator, /^https?:$/, 'http://127.0.0.1:8091'));
  const progress = (text: string): void => void process.stderr.write(`${text}\n`);
  return { url, password, only, world, progress, ...whoWorks(options) };
};

/** `cordboard conformance`: the report goes to stdout, progress to stderr; the exit code is 1 if a check failed. */
export const conformanceCommand = async (options: ConformanceOptions): Promise<void> => {
  const run = settings(options);
  // A token that nobody gives would fail every check for the same reason: it is said once.
  await run.token(run.agents[0] ?? '').catch((error: unknown) => {
    throw new SetupError(error instanceof Error ? error.message : String(error));
  });
  const report = await runConformance(run);
  if (report.entries.length === 0) throw new SetupError(`No row begins with "${options.only ?? ''}".`);
  if (options.record !== undefined) {
    const pages = writeExchanges(report, options.record);
    process.stderr.write(`${pages} pages in ${options.record}\n`);
  }
  process.stdout.write(`${options.json ? reportAsJson(report) : formatReport(report)}\n`);
  if (hasFailed(report)) process.exitCode = 1;
};
