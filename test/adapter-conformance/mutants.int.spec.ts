import { type AdapterReport, hasFailed, runAdapterConformance } from '@cordboard/conformance';
import { MUTANTS } from './mutants.ts';
import { type Mutant } from './mutate.ts';
import { peerCarrier } from './peer-carrier.ts';
import { simulatedSwitch } from './simulated-switch.ts';

const AGENTS = ['1007', '1008', '1009'];

const check = async (
  mutant: Mutant,
  levels?: Parameters<typeof runAdapterConformance>[0]['levels'],
): Promise<AdapterReport> => {
  const { peer, world, stop } = simulatedSwitch();
  const carrier = peerCarrier(mutant(peer));
  const rest = { processor: 'sim', agents: AGENTS, password: 'demo', settleMs: 10, timeoutMs: 2_500 };
  try {
    return await runAdapterConformance({ carrier, world, levels, ...rest });
  } finally {
    stop();
  }
};

const failures = ({ entries }: AdapterReport) =>
  entries
    .filter(({ status }) => status === 'failed')
    .map(({ check: what, expected, got }) => ({ what, expected, got }));

let healthy: AdapterReport;
let broken: readonly AdapterReport[];

// Side by side, since a run mostly waits.
beforeAll(async () => {
  const runs = MUTANTS.map(({ mutant, level }) => check(mutant, [level]));
  healthy = await check((peer) => peer);
  broken = await Promise.all(runs);
});

describe('the kit', () => {
  it('passes an adapter that keeps to the bridge, at every level', () => {
    expect(failures(healthy)).toEqual([]);
    expect(hasFailed(healthy)).toBe(false);
    const waiting = new Set(
      healthy.entries.filter(({ status }) => status === 'not run').map(({ expected }) => expected),
    );
    expect([...waiting].sort()).toEqual([
      'no message to judge it by',
      'over NATS only',
      'over TCP only',
      'the adapter says that it can do everything',
    ]);
  });

  it.each(MUTANTS.map(({ fault, named }, index) => ({ fault, named, index })))(
    'names the fault: $fault',
    ({ named, index }) => {
      const report = broken[index];
      const failed = report?.entries.filter(({ status }) => status === 'failed').map(({ id }) => id);
      expect(failed).toEqual(expect.arrayContaining([...named]));
    },
  );
});
