import { subjects } from '@cordboard/bus';
import { type JsonObject } from '@cordboard/kernel';
import { office, type Script } from '@cordboard/testing';

/** Logs an agent in whose switch says this of it; gives what the adapter was asked with. */
const loggedIn = async (script: Script, given: JsonObject = {}) => {
  const { adapter, desk, hire, start, stream } = office();
  const asked: { readonly name: string; readonly body: JsonObject }[] = [];
  desk.subscribe(subjects.ctiControl('demo', 'sim', 'sim-1'), ({ body }) => {
    const message = JSON.parse(body) as {
      readonly header: { readonly name: string };
      readonly body: JsonObject;
    };
    asked.push({ name: message.header.name, body: message.body });
  });
  adapter.script('cti.query.agentinfo', script);
  await hire('w1');
  const { session } = await start(given);
  const agent = asked.find(({ name }) => name === 'cti.request.createsession')?.body['agent'];
  return { names: asked.map(({ name }) => name), agent, log: JSON.stringify(stream(session)) };
};

const KNOWN = { agent: { id: '1001', name: 'Example Agent', extension: ' 4711 ' } };

describe('what the switch knows of an agent', () => {
  it('is asked for after its password was checked, and says where the agent sits', async () => {
    const { names, agent, log } = await loggedIn(KNOWN);
    expect(names.slice(1)).toEqual([
      'cti.query.validateagent',
      'cti.query.agentinfo',
      'cti.request.createsession',
    ]);
    expect(agent).toEqual({ id: '1001', extension: '4711' });
    expect(log).not.toContain('4711');
  });

  it('gives way to what the agent says', async () => {
    expect((await loggedIn(KNOWN, { extension: '1001' })).agent).toEqual({ id: '1001', extension: '1001' });
  });

  it.each([
    ['is refused', { refuse: 'Not known here.' }],
    ['never comes', 'silent' as const],
    ['cannot be read', { agent: { id: '1001', extension: { is: 7 } } }],
    ['is longer than an extension can be', { agent: { id: '1001', extension: '7'.repeat(65) } }],
    ['is nothing', {}],
  ])('does not stop the log-in when it %s', async (_, script) => {
    expect((await loggedIn(script)).agent).toEqual({ id: '1001' });
  });
});
