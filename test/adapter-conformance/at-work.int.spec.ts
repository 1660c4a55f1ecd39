import { NoAdapter, runAdapterConformance } from '@cordboard/conformance';
import { peerCarrier } from './peer-carrier.ts';
import { simulatedSwitch, type SimulatedSwitch } from './simulated-switch.ts';

const S = '01890000-0000-7000-8000-000000000001';
const OPTIONS = { processor: 'sim', agents: ['1006', '1007'], password: 'demo', settleMs: 5 };

const ask = ({ peer }: SimulatedSwitch, name: string, target: string, body = {}) =>
  new Promise((resolve) => {
    const type = name.includes('.query.') ? 'cti.query' : 'cti.request';
    peer.ask({ header: { type, name, target, requestId: name }, body }, resolve);
  });

/** The agent 1007 is logged in somewhere, and the telephone rings. */
const ringing = async (house: SimulatedSwitch): Promise<void> => {
  house.peer.onEvent(() => undefined);
  await ask(house, 'cti.request.createsession', 'sim.CONTROL', { id: S, agent: { id: '1007' } });
  await ask(house, 'session.request.addchannelgroup', S, { id: 'G', nativeid: 'TEAM' });
  const channel = { id: 'H', nativeid: '1007', type: 'TELEPHONY' };
  await ask(house, 'channelgroup.request.addchannel', `${S}.G`, channel);
  await ask(house, 'channel.request.activate', `${S}.G.H`);
  await house.world.call('1007');
};

const run = (house: SimulatedSwitch, force: boolean) =>
  runAdapterConformance({
    ...OPTIONS,
    carrier: peerCarrier(house.peer),
    force,
    levels: ['basic'],
    only: 'D.4',
  });

it('agents who are in a call are left alone, and the call as well', async () => {
  const house = simulatedSwitch();
  try {
    await ringing(house);
    const refused = /^Agent 1007 has something to do already \(\S+ ALERTING\), which the kit would end: name/;
    await expect(run(house, false)).rejects.toThrow(refused);
    await expect(run(house, false)).rejects.toThrow(NoAdapter);
    expect((await run(house, true)).entries).toContainEqual(
      expect.objectContaining({ id: 'D.4', status: 'ok' }),
    );
  } finally {
    house.stop();
  }
});
