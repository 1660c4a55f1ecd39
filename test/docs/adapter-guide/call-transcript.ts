import { createAdapterPeer } from '@cordboard/adapter-sdk';
import { controlTarget, type CtiMessage } from '@cordboard/cti-protocol';
import { type JsonObject } from '@cordboard/kernel';
import { virtualClock } from '@cordboard/testing';
import { littleHandlers, reportNotices } from '../../example-adapter/adapter.ts';
import { createLittleSwitch } from '../../example-adapter/little-switch.ts';

const PROCESSOR = 'little';
const SESSION = '01890000-0000-7000-8000-000000000001';
const silent = (): void => undefined;
const KINDS = {
  'cti.query': '> query',
  'cti.request': '> request',
  'cti.response': '<',
  'cti.event': '< event',
};

const shown = (text: string): string => text.replaceAll(SESSION, 'S');

const line = ({ header, body }: CtiMessage): string => {
  const isAnswer = header.type === 'cti.response';
  const what = isAnswer ? (header.result ?? '') : header.name;
  const at = isAnswer ? '' : header.target;
  const data = JSON.stringify(body);
  const columns = [KINDS[header.type].padEnd(9), what.padEnd(38), shown(at).padEnd(14)];
  return `${columns.join(' ')} ${isAnswer && data === '{}' ? '' : shown(data)}`.trimEnd();
};

const turn = async (): Promise<void> => {
  for (let n = 0; n < 5; n += 1) await new Promise(setImmediate);
};

type Step = readonly [name: string, at: string, body?: JsonObject];

const LOGIN: readonly Step[] = [
  ['cti.request.createsession', 'CONTROL', { id: SESSION, agent: { id: '101' } }],
  ['session.query.init', 'S', { name: '', chat: false, email: false, callback: false }],
  ['session.request.addchannelgroup', 'S', { id: 'G', nativeid: 'TEAM' }],
  ['channelgroup.query.init', 'S.G'],
  ['channelgroup.request.addchannel', 'S.G', { id: 'C', nativeid: '101', type: 'TELEPHONY' }],
  ['channel.query.init', 'S.G.C'],
  ['channel.request.activate', 'S.G.C'],
  ['channel.request.ready', 'S.G.C'],
];

const CALL: readonly Step[] = [
  ['channel.request.createinteraction', 'S.G.C', { id: 'I', nativeid: 'c1' }],
  ['interaction.query.init', 'S.G.C.I'],
  ['interaction.request.createconversation', 'S.G.C.I', { id: 'V', nativeid: 'c1' }],
  ['conversation.query.init', 'S.G.C.I.V'],
  ['interaction.request.accept', 'S.G.C.I'],
  ['conversation.request.hold', 'S.G.C.I.V'],
  ['conversation.request.retrieve', 'S.G.C.I.V'],
  ['conversation.request.release', 'S.G.C.I.V'],
  ['conversation.request.dispose', 'S.G.C.I.V'],
  ['interaction.request.complete', 'S.G.C.I'],
  ['interaction.request.dispose', 'S.G.C.I'],
];

/** The example before anything was said, and a bridge that notes down each message in its own way. */
const openExample = (note: (message: CtiMessage) => void) => {
  const phones = createLittleSwitch([{ number: '101', name: 'Phone 101', pin: '1234' }]);
  const peer = createAdapterPeer({
    processor: PROCESSOR,
    handlers: littleHandlers(phones),
    clock: virtualClock(),
    logger: { info: silent, warn: silent, error: silent },
  });
  let asked = 0;
  peer.onEvent(note);
  reportNotices(phones, peer.report);

  const ask = async ([name, at, body = {}]: Step): Promise<void> => {
    const target = at === 'CONTROL' ? controlTarget(PROCESSOR) : at.replace(/^S/, SESSION);
    const type = name.includes('.query.') ? 'cti.query' : 'cti.request';
    const question: CtiMessage = { header: { type, name, target, requestId: `r${(asked += 1)}` }, body };
    note(question);
    await new Promise<void>((resolve) =>
      peer.ask(question, (answer) => {
        note(answer);
        resolve();
      }),
    );
    await turn();
  };
  return { phones, ask };
};

const block = (lines: readonly string[]): string => ['```text', ...lines, '```'].join('\n');

/** What passes between the bridge and the example in a login and one call: a line a message. */
export const callTranscript = async (): Promise<string> => {
  const lines: string[] = [];
  const { phones, ask } = openExample((message) => void lines.push(line(message)));
  for (const step of LOGIN) await ask(step);
  lines.push('', '# a caller rings the phone');
  phones.ring('101', { number: '+12025550123', name: 'Example Caller' });
  for (const step of CALL) await ask(step);
  return block(lines);
};

/** The first messages of a connection as they are, whole; the last one is refused. */
export const handshakeTranscript = async (): Promise<string> => {
  const lines: string[] = [];
  const { ask } = openExample((message) => {
    const way = KINDS[message.header.type].slice(0, 1);
    lines.push(`${way} ${JSON.stringify(message)}`);
  });
  await ask(['cti.request.status', 'CONTROL']);
  await ask(['cti.query.capabilities', 'CONTROL']);
  await ask(['cti.query.validateagent', 'CONTROL', { id: '101', password: '0000' }]);
  return block(lines);
};
