import { randomBytes } from 'node:crypto';
import { parseRequest, successResponse } from '@cordboard/agent-protocol';
import { answerResult, type Bus, connectNats, subjects } from '@cordboard/bus';
import { privateDatabase, privateNats, startApp } from '@cordboard/testing';
import { type Figures, figuresOf, inWords, timed } from '../harness/figures.ts';
import { type Outcome } from '../outcome.ts';
import { openBrowsers } from './browsers.ts';
import { type MissedLog, writeMissedLog } from './missed-log.ts';
import { openReadFloor } from './read-floor.ts';

/** Of the rate of a plain batched read of the same rows. */
const LEAST_RATIO = 0.4;

export interface ResumeOptions {
  readonly browsers: number;
  /** Events that each missed. */
  readonly missed: number;
  readonly waves: number;
  /** For the edge, for example to profile it. */
  readonly execArgv?: readonly string[] | undefined;
}

/** Answers for the owners, as fast as can be: what is measured is the edge, the log and the sockets. */
const ownAll = async (bus: Bus, { sessions, last }: MissedLog): Promise<void> => {
  const bound = JSON.stringify({ bound: true, sequence: last });
  for (const session of sessions) {
    bus.subscribe(subjects.commandsOf('demo', session), (message) => {
      const request = parseRequest(message.body);
      if (!request.ok) return answerResult(message, bound);
      const mode = request.value.data['afterSequence'] === undefined ? 'reset' : 'resumed';
      const grant = { mode, sequence: last, started: true };
      answerResult(message, JSON.stringify(successResponse(request.value, grant)));
    });
  }
  await bus.flush();
};

const measure = async (edgeUrl: string, log: MissedLog, floorOf: () => Promise<number>, waves: number) => {
  const floors: number[] = [];
  const caughtUp: number[] = [];
  const rows = log.sessions.length * (log.last - log.cursor);
  // The first of each warms up.
  for (let wave = -1; wave < waves; wave += 1) {
    const browsers = await openBrowsers(edgeUrl, log);
    const floorUs = await timed(floorOf);
    const waveUs = await timed(browsers.catchUp);
    await browsers.close();
    if (wave < 0) continue;
    floors.push((rows / floorUs) * 1_000);
    caughtUp.push((rows / waveUs) * 1_000);
  }
  const ratio: Figures = figuresOf(caughtUp.map((rate, index) => rate / (floors[index] ?? NaN)));
  return { ratio, floor: figuresOf(floors), caughtUp: figuresOf(caughtUp), rows };
};

/**
 * Browsers that come back all at once to an edge that has heard nothing of their sessions: how fast they have what
 * they missed, against a plain read of the same rows in the same run. The database does not wait for its disk.
 */
export const resume = async (options: ResumeOptions): Promise<Outcome> => {
  const [database, nats] = await Promise.all([privateDatabase(), privateNats()]);
  const tenantKey = randomBytes(32);
  const url = database.applicationUrl;
  const log = await writeMissedLog({ url, tenantKey, sessions: options.browsers, missed: options.missed });
  const bus = await connectNats({ url: nats.url, name: 'bench' });
  await ownAll(bus, log);
  const floor = await openReadFloor(database.adminUrl, log);
  const settings = {
    CORDBOARD_DATABASE_URL: url,
    CORDBOARD_NATS_URL: nats.url,
    CORDBOARD_TENANT_KEYS: `demo=${tenantKey.toString('base64')}`,
    CORDBOARD_EDGE_PORT: '0',
    CORDBOARD_JWT_SECRET: randomBytes(32).toString('base64url'),
    CORDBOARD_DEV_TOKENS: 'true',
    CORDBOARD_RING_MS: '0',
  };
  const edge = await startApp('edge', settings, options.execArgv);
  try {
    const edgeUrl = `http://127.0.0.1:${edge.ports['http']}`;
    const found = await measure(edgeUrl, log, floor.read, options.waves);
    const { ratio, caughtUp } = found;
    return {
      good: ratio.median >= LEAST_RATIO,
      lines: [
        `${options.browsers} browsers come back at once, each missed ${options.missed} events`,
        `caught up, in thousand events a second: ${inWords(caughtUp)}; all in ${(found.rows / caughtUp.median).toFixed(0)} ms`,
        `  floor: the same rows by a plain batched read: ${inWords(found.floor)}`,
        `the ratio: ${inWords(ratio, 2)}, to be ${LEAST_RATIO} or more`,
      ],
      result: { leastRatio: LEAST_RATIO, ...found },
    };
  } catch (error) {
    throw new Error(`${String(error)}\n${edge.log().slice(-4_000)}`, { cause: error });
  } finally {
    await edge.stop();
    await floor.close();
    await bus.drain();
    await nats.stop();
    await database.drop();
  }
};
