import { type AdapterReport, hasFailed, runAdapterConformance } from '@cordboard/conformance';
import { idleAlternates } from './faults.ts';
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

  it('passes one that has forgotten at a reconnect which leg talked last, and takes the primary for it', async () => {
    expect(failures(await check(idleAlternates(1), ['recovery']))).toEqual([]);
  });

  it('says which property it misses, and asks for nothing without it', () => {
    const index = MUTANTS.findIndex(({ fault }) => fault === 'a native id is a number');
    const entry = broken[index]?.entries.find(({ id }) => id === 'D.5-D.6');
    expect(entry).toMatchObject({
      expected: 'channel.interaction with nativeid, a text of 1 to 128 characters',
      got: '{"nativeid":17}',
    });
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
