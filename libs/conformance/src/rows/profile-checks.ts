import { CATALOGUE } from '@cordboard/agent-protocol/catalogue';
import { insist, insistSame } from '../check/mismatch.ts';
import { checkFailure } from '../check/response.ts';
import { insistFits } from '../check/schemas.ts';
import { idIn } from '../desk/desk.ts';
import { bind, openSocket, prepare, prepareData, start } from '../desk/sign-in.ts';
import { type Stage } from '../desk/stage.ts';
import { type Frame, isEvent, objectOf } from '../wire/frame.ts';
import { type Socket } from '../wire/socket.ts';
import { type Check, type CheckGroup } from './row.ts';

const check = (row: string, title: string, run: Check['run']): Check => ({
  row,
  check: title,
  needsCaller: false,
  run,
});

const answerOf = (name: string, frame: Frame): void =>
  insistFits(
    `answer ${name}`,
    CATALOGUE.serviceCommands.find((command) => command.name === name)?.answer ?? {},
    frame.data,
  );

/** Opens a second socket of the agent for one check, and closes it. */
const aside = async (stage: Stage, run: (socket: Socket) => Promise<void>): Promise<void> => {
  const socket = await openSocket(stage.access, stage.agent);
  try {
    await run(socket);
  } finally {
    await socket.close();
  }
};

const PREPARE: readonly Check[] = [
  check('prepareSession', 'success: data.session.id', async (stage) => {
    await stage.leave();
    await aside(stage, async (socket) => {
      const answer = await socket.ask('prepareSession', undefined, prepareData(stage.access, stage.agent));
      insist(answer.result === 'success', 'success', answer);
      answerOf('prepareSession', answer);
    });
  }),
  check('prepareSession', 'confirm: the agent has a session', async (stage) => {
    const { session } = await stage.started();
    await aside(stage, async (socket) => {
      const data = prepareData(stage.access, stage.agent, { override: false });
      const request = { command: 'prepareSession', requestId: socket.nextId(), data };
      const answer = await socket.send(request);
      insist(answer.result === 'confirm', 'result confirm', answer);
      insistSame(idIn(answer, 'session'), session, 'the session that exists,');
      insist(typeof (answer as { message?: unknown }).message === 'string', 'a message', answer);
      insistSame(
        answer.original,
        { ...request, data: { ...data, agent: { id: stage.agent } } },
        'original without the password,',
      );
    });
  }),
  check('prepareSession', 'override: the old desktop is closed with 4409', async (stage) => {
    const desk = await stage.started();
    await aside(stage, async (socket) => {
      const session = await prepare(stage.access, socket, stage.agent);
      insist(session !== desk.session, 'a new session', session);
      const { code } = await desk.socket.closed;
      insist(code === 4409, 'a close with 4409', String(code));
    });
    await stage.leave();
  }),
  check('prepareSession', "FORBIDDEN: another agent's session", async (stage) => {
    await aside(stage, async (socket) => {
      const data = prepareData(stage.access, 'somebody-else');
      const request = { command: 'prepareSession', requestId: socket.nextId(), data };
      checkFailure(await socket.send(request), request, 'FORBIDDEN');
    });
  }),
  check('prepareSession', 'INVALID_DATA: a model that is not configured', async (stage) => {
    await stage.leave();
    await aside(stage, async (socket) => {
      const data = prepareData(stage.access, stage.agent, { model: 'no-such-model' });
      const request = { command: 'prepareSession', requestId: socket.nextId(), data };
      checkFailure(await socket.send(request), request, 'INVALID_DATA');
    });
  }),
  {
    ...check('prepareSession', 'CTI_ERROR: a wrong password, which is not repeated', async (stage) => {
      await stage.leave();
      await aside(stage, async (socket) => {
        const agent = { id: stage.agent, password: 'not-the-password' };
        const data = prepareData(stage.access, stage.agent, { agent });
        const request = { command: 'prepareSession', requestId: socket.nextId(), data };
        const answer = await socket.send(request);
        checkFailure(answer, request, 'CTI_ERROR');
        insist(!JSON.stringify(answer).includes('not-the-password'), 'no password', answer);
      });
    }),
    needsCaller: true,
  },
];

const BIND: readonly Check[] = [
  check('bindSession', 'success: a reset of a session that is not started', async (stage) => {
    await stage.leave();
    const socket = await openSocket(stage.access, stage.agent);
    const session = await prepare(stage.access, socket, stage.agent);
    const answer = await socket.ask('bindSession', session, { client: 'suite' });
    insist(answer.result === 'success', 'success', answer);
    answerOf('bindSession', answer);
    insist(objectOf(answer.data)['started'] === false, 'started false', answer);
    await socket.close();
  }),
  check('bindSession', 'SESSION_BOUND: another client has it', async (stage) => {
    const { session } = await stage.started();
    await aside(stage, async (socket) => {
      const request = {
        command: 'bindSession',
        requestId: socket.nextId(),
        target: session,
        data: { client: 'another-client' },
      };
      checkFailure(await socket.send(request), request, 'SESSION_BOUND');
    });
  }),
  check('bindSession', 'takeover: session.unbound, close 4001, SESSION_TAKEN_OVER', async (stage) => {
    const before = await stage.started();
    const socket = await openSocket(stage.access, stage.agent);
    const from = before.mark;
    const after = await bind(socket, stage.agent, before.session, {
      client: 'another-client',
      takeover: true,
    });
    // Sent in the moment before the close; whichever comes first is right.
    const late = before.socket.ask('session.request.getdirectory', before.session).catch(() => null);
    await before.event('session.unbound', from, { target: before.session });
    const { code } = await before.socket.closed;
    insist(code === 4001, 'a close with 4001', String(code));
    const answer = await Promise.race([late, Promise.resolve(null)]);
    if (answer !== null) insistSame(answer.failure?.code, 'SESSION_TAKEN_OVER', 'failure');
    insist(after.isStarted && after.of('channel').length > 0, 'a snapshot with the channels', after.known);
    await stage.moveTo(after);
  }),
  check('bindSession', 'resume: what was missed, without a gap', async (stage) => {
    const before = await stage.fresh();
    await stage.inactive();
    const channel = stage.phone;
    const cursor = before.events().at(-1)?.sequence;
    // The answer may be lost with the line; the effect is not.
    await before.must('channel.request.activate', channel);
    await before.reaches(channel, 'ACTIVE');
    await before.socket.drop();
    const socket = await openSocket(stage.access, stage.agent);
    const answer = await socket.ask('bindSession', before.session, {
      client: `suite-${stage.agent}`,
      afterSequence: Number(cursor),
    });
    insist(
      answer.result === 'success' && objectOf(answer.data)['mode'] === 'resumed',
      'mode resumed',
      answer,
    );
    answerOf('bindSession', answer);
    const first = await socket.until(isEvent, 0, 'the events that were missed');
    insist(first.previous === cursor, `previous ${String(cursor)} on the first event`, first);
    insist(socket.frames[0] === answer, 'the answer before the events', socket.frames[0]);
    await socket.close();
    await stage.leave();
  }),
  check(
    'bindSession',
    'FORBIDDEN, UNKNOWN_TARGET or SESSION_CLOSED: a session of another agent',
    async (stage) => {
      await aside(stage, async (socket) => {
        const request = {
          command: 'bindSession',
          requestId: socket.nextId(),
          target: stage.foreign(),
          data: { client: 'x', takeover: true },
        };
        // The other agent's session may end meanwhile.
        checkFailure(await socket.send(request), request, 'FORBIDDEN', 'UNKNOWN_TARGET', 'SESSION_CLOSED');
      });
    },
  ),
];

const REST: readonly Check[] = [
  check('renewToken', 'success: data {}', async (stage) => {
    const { socket } = await stage.started();
    const token = await stage.access.token(stage.agent);
    const answer = await socket.ask('renewToken', undefined, { token });
    insist(answer.result === 'success', 'success', answer);
    answerOf('renewToken', answer);
  }),
  check('renewToken', 'FORBIDDEN: a token that nobody signed', async (stage) => {
    const { socket } = await stage.started();
    const request = { command: 'renewToken', requestId: socket.nextId(), data: { token: 'aaaa.bbbb.cccc' } };
    const answer = await socket.send(request);
    checkFailure(answer, request, 'FORBIDDEN');
    insist(!JSON.stringify(answer).includes('aaaa.bbbb'), 'no token in the answer', answer);
  }),
  check('observe', 'NOT_SUPPORTED: not in this release', async (stage) => {
    const { socket } = await stage.started();
    const request = {
      command: 'observe',
      requestId: socket.nextId(),
      data: { targets: ['*.*.*._._'] },
    };
    checkFailure(await socket.send(request), request, 'NOT_SUPPORTED');
  }),
  check('requestId', 'a repeat is answered alike and has one effect', async (stage) => {
    const desk = await stage.started();
    await stage.inactive();
    const target = stage.phone;
    const request = {
      command: 'channel.request.activate',
      requestId: desk.socket.nextId(),
      target,
      data: {},
    };
    const from = desk.mark;
    const first = await desk.socket.send(request);
    const second = await desk.socket.send(request);
    insistSame(second, first, 'the first answer again,');
    await desk.reaches(target, 'ACTIVE');
    await desk.quiet();
    const told = desk
      .events(from)
      .filter((frame) => frame.name === 'state.updated' && frame.target === target);
    insist(told.length === 1, 'one state.updated', told);
  }),
  check('requestId', 'REQUEST_ID_REUSED: the same id for something else', async (stage) => {
    const desk = await stage.started();
    await stage.active();
    const requestId = desk.socket.nextId();
    await desk.socket.send({ command: 'channel.request.ready', requestId, target: stage.phone, data: {} });
    const request = { command: 'channel.request.deactivate', requestId, target: stage.phone, data: {} };
    checkFailure(await desk.socket.send(request), request, 'REQUEST_ID_REUSED');
  }),
  check('requestId', 'left out: the answer carries one that was made', async (stage) => {
    const { socket, session } = await stage.started();
    const from = socket.frames.length;
    await socket.sendText(
      JSON.stringify({ command: 'session.request.getdirectory', target: session, data: {} }),
    );
    const answer = await socket.until(
      ({ command }) => command === 'session.request.getdirectory',
      from,
      'an answer',
    );
    insist(typeof answer.requestId === 'string' && answer.requestId !== '', 'a requestId', answer);
  }),
  check('session.start', 'a second bind finds everything started', async (stage) => {
    await stage.leave();
    const socket = await openSocket(stage.access, stage.agent);
    const desk = await bind(socket, stage.agent, await prepare(stage.access, socket, stage.agent));
    await start(desk);
    await stage.moveTo(desk);
    insist(desk.of('channel').length > 0, 'a channel at least', desk.events());
  }),
];

/** The WebSocket profile: prepare, bind, renew, ids of requests. */
export const profileChecks = (): readonly CheckGroup[] => [
  { name: 'prepareSession', checks: PREPARE },
  { name: 'bindSession', checks: BIND },
  { name: 'rest of the profile', checks: REST },
];
