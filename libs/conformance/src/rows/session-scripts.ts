import { insist } from '../check/mismatch.ts';
import { type Places } from '../check/event-list.ts';
import { type Stage } from '../desk/stage.ts';
import { isEvent } from '../wire/frame.ts';
import { legConnected, legGone } from './agent-leg.ts';
import { type CommandScript, type Given } from './row.ts';

const session: Given = async (stage) => ({ session: (await stage.started()).session });

const fresh: Given = async (stage) => ({ session: (await stage.bound()).session });

const onCall: Given = async (stage) => {
  await stage.started();
  return stage.talking();
};

/** After the last answer nothing is told any more. */
const staysSilent = async ({ desk }: Stage, _places: Places, from: number): Promise<void> => {
  const { code } = await desk.socket.closed;
  insist(code === 1000, 'the socket closing with 1000 after the logout', String(code));
  insist(!desk.socket.frames.slice(from).some(isEvent), 'no event by a logout', desk.events(from));
};

/** A change of availability is told while the books are followed, and not after that. */
const followsChanges = async (stage: Stage, { session: path = '' }: Places, from: number): Promise<void> => {
  const { desk } = stage;
  await stage.ready();
  await desk.event('session.incontact.addressbook.updated', from, { target: path });
  await desk.must('session.request.incontact.addressbook.stop', path);
  await desk.quiet();
  const stopped = desk.mark;
  await stage.notReady();
  await desk.quiet();
  const told = desk.events(stopped).find(({ name }) => name === 'session.incontact.addressbook.updated');
  insist(told === undefined, 'no address book after addressbook.stop', told);
};

const followed: Given = async (stage) => {
  const desk = await stage.started();
  await stage.notReady();
  return { session: desk.session };
};

/** How the commands on a session are tried. */
export const SESSION_SCRIPTS: readonly CommandScript[] = [
  {
    command: 'session.start',
    to: 'session',
    data: (_places, { agent }) => ({ extension: agent }),
    successes: [
      { why: 'starts', given: fresh, lists: [['session.initialized session']], also: ['*'] },
      {
        why: 'without an extension',
        given: fresh,
        data: {},
        lists: [['session.initialized session']],
        also: ['*'],
      },
    ],
    refusals: [
      { why: 'already started', given: session, code: 'SESSION_ALREADY_STARTED', breaks: 'not-started' },
    ],
  },
  {
    command: 'session.request.logout',
    to: 'session',
    successes: [
      {
        why: 'an active and ready agent',
        given: async (stage) => {
          const { session: path } = await stage.started();
          await stage.ready();
          return { session: path };
        },
        lists: [],
        then: staysSilent,
      },
      { why: 'a reason as a number', given: session, data: { reason: 3 }, lists: [], then: staysSilent },
    ],
    refusals: [
      {
        why: 'a call is up',
        given: onCall,
        code: 'ONGOING_INTERACTION',
        breaks: 'no-ongoing-interaction',
        needsCaller: true,
      },
      {
        why: 'a call rings',
        given: async (stage) => (await stage.started(), stage.ringing()),
        code: 'ONGOING_INTERACTION',
        breaks: 'no-ongoing-interaction',
        needsCaller: true,
      },
    ],
  },
  {
    command: 'session.request.getdirectory',
    to: 'session',
    successes: [{ why: 'reads', given: session, lists: [] }],
    refusals: [],
  },
  {
    command: 'session.request.externalnotreadyreasons',
    to: 'session',
    successes: [
      { why: 'asks', given: session, lists: [['session.externalnotreadyreasons.updated session']] },
    ],
    refusals: [],
  },
  {
    command: 'session.request.externallogoutreasons',
    to: 'session',
    successes: [{ why: 'asks', given: session, lists: [['session.externallogoutreasons.updated session']] }],
    refusals: [],
  },
  {
    command: 'session.request.incontact.agentleg.connect',
    to: 'session',
    successes: [
      { why: 'connects', given: legGone, lists: [['session.incontact.agentleg.connected session']] },
    ],
    refusals: [],
  },
  {
    command: 'session.request.incontact.agentleg.disconnect',
    to: 'session',
    successes: [
      {
        why: 'a connected leg',
        given: legConnected,
        lists: [['session.incontact.agentleg.disconnected session']],
      },
    ],
    refusals: [],
  },
  {
    command: 'session.request.incontact.addressbook',
    to: 'session',
    successes: [
      { why: 'once', given: session, data: { realtime: false }, lists: [] },
      {
        why: 'realtime, with every change until it is stopped',
        given: followed,
        data: { realtime: true },
        lists: [],
        also: ['session.incontact.addressbook.updated session'],
        then: followsChanges,
      },
    ],
    refusals: [],
  },
  {
    command: 'session.request.incontact.addressbook.stop',
    to: 'session',
    successes: [{ why: 'nothing is followed', given: session, lists: [] }],
    refusals: [],
  },
];
