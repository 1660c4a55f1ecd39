import { CAPABILITY_KEYS } from '@cordboard/cti-protocol';
import { insist } from '../../check/mismatch.ts';
import { brief, objectOf, textOf } from '../../wire/frame.ts';
import { newSessionId } from '../desk/session-id.ts';
import { type Stage } from '../desk/stage.ts';
import { type Line } from '../line/line.ts';
import { checksOf } from './check.ts';
import { insistNamed } from './expect.ts';

const TRIES = 3;

/** Over NATS the status is repeated by itself, so that one may come before its answer by chance. */
const answerFirst = async (line: Line): Promise<boolean> => {
  const from = line.mark;
  const answer = await line.ask('cti.request.status', line.control);
  const [early] = line.eventsSince(from, line.control).filter(({ index }) => index < answer.index);
  await line.event('cti.status', line.control, answer.index);
  return early === undefined;
};

const status = async ({ line }: Stage): Promise<void> => {
  for (let tried = 0; tried < TRIES; tried += 1) if (await answerFirst(line)) return;
  insist(false, 'the answer to cti.request.status, then the event cti.status', 'the event came first');
};

const capabilities = async ({ line }: Stage): Promise<void> => {
  const said = await line.must('cti.query.capabilities', line.control);
  const wrong = CAPABILITY_KEYS.filter((key) => said[key] !== undefined && typeof said[key] !== 'boolean');
  insist(
    wrong.length === 0,
    'booleans',
    brief(Object.fromEntries(wrong.map((key) => [key, said[key] ?? null]))),
  );
  const again = await line.must('cti.query.capabilities', line.control);
  insist(brief(again, 9_999) === brief(said, 9_999), 'the same answer when asked twice', again);
};

const validates = async ({ line, agents }: Stage): Promise<void> => {
  const [agent] = agents;
  const [id, password] = [agent?.id ?? '', agent?.password ?? ''];
  await line.must('cti.query.validateagent', line.control, { id, password });
  await line.refused('cti.query.validateagent', line.control, { id, password: `${password}-wrong` });
  await line.refused('cti.query.validateagent', line.control, { id: 'nobody-of-that-name', password });
};

const tellsAgent = async ({ line, agents }: Stage): Promise<void> => {
  const id = agents[0]?.id ?? '';
  const answer = await line.ask('cti.query.agentinfo', line.control, { id });
  if (answer.header['result'] !== 'SUCCESS') return;
  insist(textOf(objectOf(answer.body['agent'])['id']) === id, `agent.id ${id}`, answer.body);
  await line.refused('cti.query.agentinfo', line.control, { id: 'nobody-of-that-name' });
};

const serverStatus = async ({ line }: Stage): Promise<void> => {
  await line.must('cti.request.serverstatus', line.control, { status: 'STARTED' });
  await line.must('cti.request.serverstatus', line.control, { status: 'STARTED' });
};

const unknownControl = async ({ line }: Stage): Promise<void> => {
  for (const name of ['cti.request.levitate', 'cti.query.weather'])
    insistNamed(await line.refused(name, line.control), name);
};

const strangerRefused = async ({ line }: Stage): Promise<void> => {
  const agent = { id: 'nobody-of-that-name', extension: '' };
  await line.refused('cti.request.createsession', line.control, { id: newSessionId(), agent });
};

const twice = async (stage: Stage): Promise<void> => {
  const desk = await stage.desk();
  await desk.must('cti.request.createsession', stage.line.control, desk.login);
  await desk.must('session.query.init', desk.session, desk.wishes);
  await desk.open(desk.media, true);
};

const otherAgent = async (stage: Stage): Promise<void> => {
  const desk = await stage.desk();
  const { id, extension } = stage.seat(1).agent;
  await desk.refused('cti.request.createsession', stage.line.control, {
    id: desk.session,
    agent: { id, extension },
  });
  await desk.must('session.query.init', desk.session, desk.wishes);
  await desk.must('channel.query.init', desk.phone);
};

/** Control (bridge B.1, D.2), and logging in. */
export const controlChecks = checksOf('basic')(
  [
    'T-07',
    'bridge D.2, CTL-R01',
    'the answer to cti.request.status, then the event cti.status, each time',
    status,
  ],
  [
    'CTL-Q01',
    'bridge CTL-Q01, B.1.1',
    'capabilities: booleans by key, the same when asked twice',
    capabilities,
  ],
  [
    'CTL-Q02',
    'bridge CTL-Q02',
    'the right password is SUCCESS, a wrong one or a stranger FAILURE',
    validates,
  ],
  ['CTL-Q03', 'bridge CTL-Q03', 'what is known of the agent, under agent; a stranger is FAILURE', tellsAgent],
  ['CTL-R02', 'bridge CTL-R02', 'serverstatus is SUCCESS, twice too', serverStatus],
  ['A8-4-control', 'bridge A8-4', 'a control request that nobody knows is FAILURE and named', unknownControl],
  ['CTL-R03-stranger', 'bridge CTL-R03', 'createsession for somebody unknown is FAILURE', strangerRefused],
  [
    'CTL-R03-twice',
    'bridge CTL-R03',
    'createsession again with the same agent is SUCCESS, and the session can be read again',
    twice,
  ],
  [
    'CTL-R03-other',
    'bridge CTL-R03',
    'createsession with the same id and another agent is FAILURE, and the session goes on',
    otherAgent,
  ],
);
