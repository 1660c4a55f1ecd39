import { inWords } from '../chaos/check/check.ts';
import { faultsNamed } from '../chaos/faults/faults.ts';
import { chaos } from '../chaos/run.ts';

/** The short part of `npm run chaos`; SEED=n repeats another one. */
const FAULTS = [
  'kill-worker',
  'freeze-worker',
  'cut-worker-postgres-back',
  'answer-lost',
  'backend-terminated',
  'nats-restart',
  'rolling-deploy',
];

it('agents at work lose nothing and do nothing twice, whatever breaks', async () => {
  const said: string[] = [];
  const report = await chaos({
    seed: Number(process.env['SEED'] ?? 5),
    faults: faultsNamed(FAULTS),
    agents: 4,
    browsers: 0,
    workers: 2,
    paceMs: 150,
    restMs: 400,
    patience: 1,
    say: (line) => said.push(line),
  });
  expect(report.violations.map(inWords)).toEqual([]);
  expect(report.faults.filter(({ trouble }) => trouble !== null)).toEqual([]);
  expect([said.length, report.faults.length]).toEqual([FAULTS.length + 3, FAULTS.length]);
  expect(report.commands).toBeGreaterThan(50);
  expect(report.followed).toBe(report.events);
}, 180_000);
