import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { privateDatabase, privateNats } from '@cordboard/testing';
import { cpuDuring } from '../harness/cpu.ts';
import { figuresOf, inWords } from '../harness/figures.ts';
import { type ClosedLoop } from '../harness/rounds.ts';
import { startAdapter, startEngine } from './engine-chain.ts';
import { startHelper } from './helper.ts';

// Saturates the real edge and session worker with hold and retrieve, and says what each process takes.
//   npx tsc -b && npx tsc -p bench
//   node tools/profile.mjs [--sessions 64] [--workers 1] [--seconds 10] [--rounds 1] [--prof /tmp/profiles]
// `--prof` leaves a CPU profile of the edge and of each worker in that folder when they stop (start-up and sign-in
// are in it); `--exec-argv` gives them other flags of Node. Its Postgres does not wait for the disk.

const { values: given } = parseArgs({
  options: {
    sessions: { type: 'string', default: '64' },
    workers: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '1' },
    prof: { type: 'string' },
    'exec-argv': { type: 'string', multiple: true, default: [] },
  },
});
const sessions = Number(given.sessions);
const flags = given.prof === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${given.prof}`];

const [database, nats] = await Promise.all([privateDatabase(), privateNats()]);
const adapter = await startAdapter(nats.url);
const execArgv = [...flags, ...given['exec-argv']];
const engine = await startEngine(
  { database, natsUrl: nats.url },
  { workers: Number(given.workers), execArgv },
);
const load = startHelper('load');
await load.ask('signIn', { edgeUrl: engine.edgeUrl, sessions });

const postgres = JSON.parse(
  readFileSync(join(process.env['CORDBOARD_TEST_RUN'] ?? '', 'postgres.pid.json'), 'utf8'),
) as { readonly pid: number };
const pids: Record<string, number> = { edge: engine.edge.pid, nats: nats.pid };
engine.workers.forEach((worker, n) => (pids[`worker ${n + 1}`] = worker.pid));
Object.assign(pids, { postgres: postgres.pid, adapter: adapter.pid, load: load.pid });

await load.ask('closedLoop', { sessions, ms: 2_000 });
for (let round = 0; round < Number(given.rounds); round += 1) {
  let found: ClosedLoop = { perSecond: 0, latenciesUs: [] };
  const cpu = await cpuDuring(pids, async () => {
    found = (await load.ask('closedLoop', { sessions, ms: Number(given.seconds) * 1_000 })) as ClosedLoop;
  });
  const each = Object.entries(cpu).map(
    ([name, s]) => `${name} ${(((s ?? 0) * 1e6) / found.latenciesUs.length).toFixed(0)}`,
  );
  console.log(
    `${found.perSecond.toFixed(0)} commands/s, ${inWords(figuresOf(found.latenciesUs), 0)} us each; ` +
      `CPU us a command: ${each.join(', ')}`,
  );
}
await load.stop();
await engine.stop();
await adapter.stop();
await nats.stop();
await database.drop();
