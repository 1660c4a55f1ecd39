import { type Announced, type Context, type Group } from '../harness/context.ts';
import { figuresOf } from '../harness/figures.ts';
import { notRun, type Row } from '../harness/row.ts';
import { idleCost, type IdleOptions } from './idle-agents.ts';
import { interestCost } from './interest.ts';

const INTEREST_SESSIONS = { full: 100_000, long: 300_000 } as const;
const IDLE: IdleOptions = { agents: 500, watchMs: 15_000 };

const ROWS = {
  own: { title: 'a subscription more, at the NATS server of its owner', unit: 'bytes' },
  other: { title: 'a subscription more, at another server of the cluster', unit: 'bytes' },
  cpu: { title: 'a subscription more, processor time of both servers', unit: 'us' },
  took: { title: 'until the other server knows 100,000 subscriptions more', unit: 's' },
  edge: { title: 'an agent who does nothing, edge, each second', unit: 'us' },
  worker: { title: 'an agent who does nothing, session worker, each second', unit: 'us' },
  nats: { title: 'an agent who does nothing, NATS, each second', unit: 'us' },
} as const;
type Name = keyof typeof ROWS;

const announced = (name: Name): Announced => ({ id: `scale/${name}`, better: 'lower', ...ROWS[name] });
const row = (name: Name, value: number): Row => ({ ...announced(name), figures: figuresOf([value]) });
const names = Object.keys(ROWS) as readonly Name[];

const measure = async ({ mode, postgres, progress }: Context): Promise<readonly Row[]> => {
  if (mode === 'quick') return names.map((name) => notRun(announced(name), 'only in the full run'));
  progress('subscriptions in a cluster of two NATS servers');
  const { ownBytes, otherBytes, cpuUs, tookS, sessions } = await interestCost(INTEREST_SESSIONS[mode]);
  progress(`${IDLE.agents} agents who do nothing`);
  const database = await postgres.database();
  const { edge, worker, nats } = await idleCost(database, IDLE);
  await database.drop();
  return [
    ...[row('own', ownBytes), row('other', otherBytes), row('cpu', cpuUs)],
    row('took', (tookS * 100_000) / sessions),
    ...[row('edge', edge), row('worker', worker), row('nats', nats)],
  ];
};

/** The numbers that docs/scaling.md counts with and no other group measures. */
export const scale: Group = {
  name: 'scale',
  says: 'what one more session costs while nothing happens: NATS interest, renewals, pings',
  rows: names.map(announced),
  run: async (context) => ({ rows: await measure(context) }),
};
