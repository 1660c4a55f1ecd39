import { createFrameReader, encodeFrame, parseCtiMessage } from '@cordboard/cti-protocol';
import { openTcpCarrier, runAdapterConformance } from '@cordboard/conformance';
import { connect, type Socket } from 'node:net';
import { simulatedSwitch, type SimulatedSwitch } from './simulated-switch.ts';

const OPTIONS = { processor: 'sim', agents: ['1007', '1008'], password: 'demo', settleMs: 10 };
const LIMITS = { maxBytes: 1_048_576, closeBytes: 16_777_216 };

/** An adapter on a bare socket, which closes it when it is asked for `fatal`. */
const falling = ({ peer }: SimulatedSwitch, port: number, fatal: string): Socket => {
  const socket = connect(port, '127.0.0.1');
  const read = createFrameReader(LIMITS);
  const say = (message: object): void => void socket.write(encodeFrame(JSON.stringify(message)));
  say({ header: { type: 'cti.hello' }, body: { processor: 'sim' } });
  peer.onEvent(say);
  socket.on('data', (chunk) => {
    for (const frame of read(new Uint8Array(chunk))) {
      const parsed = parseCtiMessage(frame.kind === 'frame' ? frame.text : '');
      if (!parsed.ok) continue;
      if (parsed.value.message.header.name === fatal) return void socket.destroy();
      peer.ask(parsed.value.message, say);
    }
  });
  return socket;
};

it('an adapter that falls at a request is named once, and nothing more is waited for', async () => {
  const house = simulatedSwitch('sim');
  const carrier = await openTcpCarrier({ host: '127.0.0.1', port: 0, processor: 'sim' });
  const socket = falling(house, Number(carrier.where.split(':')[1]), 'conversation.request.hold');
  try {
    const { entries } = await runAdapterConformance({
      ...OPTIONS,
      carrier,
      levels: ['basic'],
      only: 'T-15',
      foundMs: 500,
    });
    expect(entries.filter(({ status }) => status === 'failed')).toMatchObject([
      { id: 'T-15-hold', got: 'the adapter closed the connection: what does its log say?' },
    ]);
    const mute = entries.find(({ id }) => id === 'T-15-mute');
    expect(mute).toMatchObject({ status: 'not run' });
    expect(mute?.expected).toMatch(/^the adapter is gone\. No adapter connects to/);
  } finally {
    socket.destroy();
    house.stop();
  }
});
