import { type CapabilityKey } from '@cordboard/cti-protocol';
import { type JsonObject } from '@cordboard/kernel';
import { insist } from '../../check/mismatch.ts';
import { objectOf, textOf } from '../../wire/frame.ts';
import { type Desk, listOf } from '../desk/desk.ts';
import { type Stage } from '../desk/stage.ts';
import { NotRun } from '../desk/not-run.ts';
import { checksOf } from './check.ts';
import { insistRefused } from './expect.ts';

interface List {
  readonly key: CapabilityKey;
  readonly name: string;
  /** Where the list stands in the answer. */
  readonly at: string;
  readonly body?: JsonObject;
}

/** A list that the switch may offer: an array when it can, FAILURE when it says that it cannot. */
const list =
  ({ key, name, at, body = {} }: List) =>
  async (stage: Stage): Promise<void> => {
    const desk = await stage.desk();
    const target = name.startsWith('session.') ? desk.session : desk.phone;
    if (!stage.can(key)) return insistRefused(desk, key, name, target, body);
    const answer = await desk.must(name, target, body);
    insist(Array.isArray(answer[at]), `an array ${at}`, answer);
  };

const addressBook = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  const key = 'addressbook-supported';
  const desk = await stage.desk();
  const name = 'session.query.addressbook';
  if (!stage.can(key)) return insistRefused(desk, key, name, desk.session, { realtime: false });
  const once = await desk.must(name, desk.session, { realtime: false });
  insist(Array.isArray(once['addressbooks']), 'an array addressbooks', once);
  await desk.must(name, desk.session, { realtime: true });
  await desk.must(name, desk.session, { realtime: false, stop: true });
  const from = line.mark;
  await line.nothing(
    'session.addressbook after the stop',
    from,
    (heard) => heard.name === 'session.addressbook',
  );
};

const agentLeg = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  const key = 'agentleg-supported';
  const desk = await stage.desk();
  const name = 'session.request.agentleg';
  if (!stage.can(key)) return insistRefused(desk, key, name, desk.session, { action: 'connect' });
  await desk.refused(name, desk.session, { action: 'levitate' });
  const from = line.mark;
  await desk.must(name, desk.session, { action: 'connect' });
  const { body } = await line.event('session.agentleg', desk.session, from);
  const state = textOf(body['state']);
  insist(state === 'connected' || state === 'failed', 'state connected, or failed', body);
  if (state === 'failed') return;
  const then = line.mark;
  await desk.must(name, desk.session, { action: 'disconnect' });
  await line.event('session.agentleg', desk.session, then, (told) => told['state'] === 'disconnected');
};

const signal = async (stage: Stage): Promise<void> => {
  const key = 'signal-supported';
  const { desk, interaction } = await stage.onCall();
  const body = { p1: 'one', p2: 'two' };
  if (!stage.can(key)) return insistRefused(desk, key, 'interaction.request.signal', interaction, body);
  // Without a script that is active, FAILURE is right as well.
  await desk.ask('interaction.request.signal', interaction, body);
};

const standAlone = async (stage: Stage): Promise<void> => {
  const key = 'standalone-channels-supported';
  const desk = await stage.desk();
  const nativeId = `${desk.agent.id}-desk`;
  const body = { id: desk.newId('h'), nativeid: nativeId, type: 'TELEPHONY' };
  if (!stage.can(key)) return insistRefused(desk, key, 'channelgroup.request.addchannel', desk.session, body);
  const added = await desk.ask('channelgroup.request.addchannel', desk.session, body);
  if (added.header['result'] === 'FAILURE')
    throw new NotRun(`the switch has no stand-alone channel ${nativeId} to try`);
  await rest(desk, `${desk.session}.${body.id}`);
};

/** A stand-alone channel lives below its session. */
const rest = async (desk: Desk, path: string): Promise<void> => {
  const { line, session } = desk;
  const reading = await desk.must('channel.query.init', path);
  insist(textOf(reading['channel-state']) !== '', 'channel-state', reading);
  const from = line.mark;
  await desk.must('channel.request.activate', path);
  await line.event('channel.activated', path, from);
  await desk.must('channel.request.deactivate', path);
  await line.event('channel.deactivated', path, from);
  await line.settled();
  await desk.must('channel.request.dispose', path);
  await desk.must('channelgroup.request.removechannel', session, { id: path.slice(session.length + 1) });
};

const outboundSkills = async (stage: Stage): Promise<void> => {
  const key = 'outboundskills-supported';
  const desk = await stage.active();
  const name = 'channel.query.outboundskills';
  const body = { destination: stage.seat(1).agent.extension };
  if (!stage.can(key)) return insistRefused(desk, key, name, desk.phone, body);
  const answer = await desk.must(name, desk.phone, body);
  insist(Array.isArray(answer['skills']), 'an array skills', answer);
};

const extensions = async (stage: Stage): Promise<void> => {
  stage.needs('dial-extensions-supported');
  const { line } = stage;
  const [caller, called] = [await stage.active(0), await stage.active(1)];
  const from = line.mark;
  await caller.must('channel.request.dial', caller.phone, {
    destination: called.agent.extension,
    extensions: { 'kit-note': 'x' },
  });
  await caller.offered(from);
  await called.offered(from);
};

/** Groups that an agent adds at will; the switch may know none of that name. */
const addsGroup = async (stage: Stage): Promise<void> => {
  const desk = await stage.desk();
  const wishes = { name: 'PROJECT', chat: true, email: false, callback: false };
  const id = desk.newId('g');
  const added = await desk.ask('session.request.addchannelgroup', desk.session, {
    id,
    nativeid: 'PROJECT',
    ...wishes,
  });
  if (added.header['result'] === 'FAILURE') throw new NotRun('the switch has no group PROJECT to add');
  const path = `${desk.session}.${id}`;
  const reading = await desk.must('channelgroup.query.init', path);
  for (const channel of listOf(reading['channels'])) await desk.addChannel(path, objectOf(channel));
  await stage.line.settled();
  for (const channel of stage.line.objects.below(path, 'channel'))
    await desk.must('channel.request.dispose', channel);
  desk.channels = desk.channels.filter((channel) => !channel.path.startsWith(`${path}.`));
  await desk.must('channelgroup.request.dispose', path);
  await desk.must('session.request.removechannelgroup', desk.session, { id });
};

/** A queue of the simulated phone system. */
const QUEUE = '7000';

const queues = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  stage.needs('queue-statistics-supported');
  const { world } = stage;
  const from = line.mark;
  try {
    await world.call(QUEUE);
    await world.call(QUEUE);
    const { body } = await line.event('cti.queues', line.control, from, (told) =>
      listOf(told['queues']).some(({ id, waiting }) => id === QUEUE && waiting !== 0),
    );
    insist(listOf(body['queues']).length > 0, 'queues', body);
  } finally {
    await world.hangUpAll(QUEUE);
  }
};

const EXTENSION = 'the extension family';

/** What only some switches have: the extension family (docs/protocol-decisions.md), stand-alone channels, added groups. */
export const vendorChecks = checksOf('vendor')(
  [
    'EXT-directory',
    EXTENSION,
    'the directory, or FAILURE',
    list({ key: 'directory-supported', name: 'session.query.directory', at: 'entries' }),
  ],
  [
    'EXT-notready',
    EXTENSION,
    'reasons for being not ready, or FAILURE',
    list({ key: 'notreadyreasons-supported', name: 'session.query.notreadyreasons', at: 'reasons' }),
  ],
  [
    'EXT-logout',
    EXTENSION,
    'reasons for logging out, or FAILURE',
    list({ key: 'logoutreasons-supported', name: 'session.query.logoutreasons', at: 'reasons' }),
  ],
  [
    'EXT-dispositions',
    EXTENSION,
    'dispositions, or FAILURE',
    list({ key: 'dispositions-supported', name: 'channel.query.dispositions', at: 'dispositions' }),
  ],
  [
    'EXT-scripts',
    EXTENSION,
    'scripts, or FAILURE',
    list({ key: 'scripts-supported', name: 'channel.query.scripts', at: 'scripts' }),
  ],
  ['EXT-skills', EXTENSION, 'outbound skills, or FAILURE', outboundSkills],
  [
    'EXT-addressbook',
    EXTENSION,
    'the address book, once, followed, and no more after the stop; or FAILURE',
    addressBook,
  ],
  ['EXT-agentleg', EXTENSION, 'the voice leg of the agent comes and goes, and is told; or FAILURE', agentLeg],
  ['EXT-queues', EXTENSION, 'figures of the queues are told when somebody waits', queues],
  ['EXT-signal', EXTENSION, 'signals to a script; or FAILURE', signal],
  ['EXT-dial', EXTENSION, 'a dial with extensions goes through', extensions],
  [
    'A.5-standalone',
    'bridge A.5',
    'a stand-alone channel: added to the session, read, activated, removed',
    standAlone,
  ],
  [
    'SES-R01-added',
    'bridge SES-R01, SES-R02',
    'a group that the agent adds: registered, read, removed',
    addsGroup,
  ],
);
