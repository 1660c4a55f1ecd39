import { createMemoryNetwork, subjects } from '@cordboard/bus';
import { type JsonObject } from '@cordboard/kernel';
import { bridgeWorker } from './bridge-worker.ts';

const WHERE = { tenant: 'demo', processor: 'sim', instance: 'sim-1' };

/** Asks an adapter that answers so what it knows of an agent. */
const asked = (body: JsonObject) => {
  const network = createMemoryNetwork();
  network.connect().subscribe(subjects.ctiControl('demo', 'sim', 'sim-1'), (message) => {
    const { header } = JSON.parse(message.body) as { readonly header: JsonObject };
    message.reply?.(JSON.stringify({ header: { ...header, type: 'cti.response', result: 'SUCCESS' }, body }));
  });
  return bridgeWorker(network.connect(), WHERE).control('cti.query.agentinfo', { id: '1001' });
};

describe('a worker that a spec plays', () => {
  it('gives the answer of an adapter', async () => {
    const agent = { id: '1001', extension: '4711' };
    expect(await asked({ agent })).toMatchObject({ result: 'SUCCESS', body: { agent } });
  });

  it('says so when the answer does not fit the question', async () => {
    await expect(asked({ agent: 'nobody' })).rejects.toThrow('agent');
  });
});
