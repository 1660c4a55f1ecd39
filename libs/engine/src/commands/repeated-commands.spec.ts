import { type JsonObject } from '@cordboard/kernel';
import { count, officeInCall } from '@cordboard/testing';

type Call = Awaited<ReturnType<typeof officeInCall>>;
type Place = 'session' | 'channel' | 'interaction' | 'conversation' | 'second';

/** Commands of an agent in a call and what the switch is asked for them; `none`: the call stands against it. */
const COMMANDS: readonly (readonly [string, Place, JsonObject, string, { readonly consult?: true }])[] = [
  ['channel.request.ready', 'channel', {}, 'channel.request.ready', {}],
  ['channel.request.notready', 'channel', { reasoncode: '7' }, 'channel.request.notready', {}],
  ['channel.request.deactivate', 'channel', {}, 'none', {}],
  ['session.request.incontact.agentleg.connect', 'session', {}, 'session.request.agentleg', {}],
  [
    'interaction.request.setinteractiondata',
    'interaction',
    { key: 'k', value: 'v' },
    'interaction.request.setinteractiondata',
    {},
  ],
  ['interaction.request.incontact.signal', 'interaction', { p1: '1' }, 'interaction.request.signal', {}],
  ['interaction.request.consult', 'interaction', { destination: '5' }, 'interaction.request.consult', {}],
  ['interaction.request.alternate', 'interaction', {}, 'interaction.request.alternate', { consult: true }],
  [
    'interaction.request.consulttransfer',
    'interaction',
    {},
    'interaction.request.consulttransfer',
    { consult: true },
  ],
  [
    'interaction.request.consultconference',
    'interaction',
    {},
    'interaction.request.consultconference',
    { consult: true },
  ],
  ['conversation.request.release', 'second', {}, 'conversation.request.release', { consult: true }],
  ['conversation.request.hold', 'conversation', {}, 'conversation.request.hold', {}],
  ['conversation.request.mute', 'conversation', {}, 'conversation.request.mute', {}],
  ['conversation.request.senddtmf', 'conversation', { digits: '12' }, 'conversation.request.senddtmf', {}],
  [
    'conversation.request.blindtransfer',
    'conversation',
    { destination: '5' },
    'conversation.request.transfer',
    {},
  ],
  [
    'conversation.request.blindconference',
    'conversation',
    { destination: '5' },
    'conversation.request.conference',
    {},
  ],
  [
    'conversation.request.removeparty',
    'conversation',
    { number: '5' },
    'conversation.request.removeparty',
    {},
  ],
];

const asked = ({ adapter }: Call, question: string): number =>
  adapter.heard.filter((name) => name.replace('?', '') === question).length;

describe('a command sent five times at once', () => {
  it.each(COMMANDS)('%s asks the switch once and gets one answer', async (name, at, data, question, how) => {
    const call = await officeInCall(how);
    const before = asked(call, question);
    const same = { requestId: 'same' };
    const answers = await call.settle(
      Promise.all(Array.from({ length: 5 }, () => call.send(name, call[at], data, same))),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(asked(call, question) - before).toBe(question === 'none' ? 0 : 1);
    const other = await call.send('conversation.request.unmute', call.conversation, {}, same);
    expect(other.failure?.code).toBe(question === 'none' ? undefined : 'REQUEST_ID_REUSED');
  });
});

describe('a reading command', () => {
  const SCRIPTS = { scripts: [{ scriptId: '1', scriptName: 'Welcome' }] };
  const reading = async () => {
    const call = await officeInCall();
    call.adapter.script('channel.query.scripts', { scripts: [{ id: '1', name: 'Welcome' }] });
    const ask = (requestId = 'same') =>
      call.send('channel.request.incontact.getscripts', call.channel, {}, { requestId });
    return { ...call, ask };
  };

  it('whose id is under way or was used for something else is not taken', async () => {
    const { ask, adapter, send, channel, turn } = await reading();
    adapter.script('channel.query.scripts', 'late');
    const first = ask();
    await turn();
    const other = await send('channel.request.ready', channel, {}, { requestId: 'same' });
    expect(other.failure?.code).toBe('REQUEST_ID_REUSED');
    expect((await first).result).toBe('failure');
    await send('channel.request.ready', channel, {}, { requestId: 'ready' });
    expect((await ask('ready')).failure?.code).toBe('REQUEST_ID_REUSED');
  });

  it('is answered by the next owner when the first dies before it could', async () => {
    const { ask, hire, place, adapter, turn } = await reading();
    await hire('w2');
    adapter.script('channel.query.scripts', 'silent');
    const asked = ask();
    await turn();
    adapter.script('channel.query.scripts', { scripts: [{ id: '1', name: 'Welcome' }] });
    place.bus.sever();
    expect((await asked).data).toEqual(SCRIPTS);
    expect(adapter.heard).toContain('channel.query.scripts?');
  });

  it('is read once for all who repeat it meanwhile, and anew after it', async () => {
    const { ask, adapter, settle } = await reading();
    const answers = await settle(Promise.all([ask(), ask(), ask()]));
    expect(answers.map(({ data }) => data)).toEqual([SCRIPTS, SCRIPTS, SCRIPTS]);
    expect(count(adapter.heard, 'channel.query.scripts')).toBe(1);
    await ask();
    expect(count(adapter.heard, 'channel.query.scripts')).toBe(2);
  });
});

describe('the question for a skill', () => {
  it('is asked again in the same words by the next owner', async () => {
    const call = await officeInCall();
    const { adapter, tell, send, conversation, interaction, channel, place, hire } = call;
    await tell('conversation.ended', conversation);
    await tell('interaction.ended', interaction);
    await tell('interaction.completed', interaction);
    adapter.script('channel.query.outboundskills', { skills: [{ id: '7', name: 'Sales' }, { id: '8' }] });
    const dial = () =>
      send('channel.request.dial', channel, { destination: '+12025550105' }, { requestId: 'dial' });
    const first = await dial();
    expect(first.uiExtension?.skills).toEqual([
      { id: '7', skillName: 'Sales' },
      { id: '8', skillName: '8' },
    ]);
    adapter.script('channel.query.outboundskills', { skills: [] });
    expect(await dial()).toEqual(first);
    await hire('w2');
    place.bus.sever();
    expect(await dial()).toEqual(first);
    expect(count(adapter.heard, 'channel.query.outboundskills')).toBe(1);
    expect(adapter.heard.filter((name) => name.startsWith('channel.request.dial'))).toEqual([]);
  });
});
