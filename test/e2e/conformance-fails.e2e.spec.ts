import { developmentTokens, type Entry, runConformance, simulatedPhoneSystem } from '@cordboard/conformance';
import { type Stack, startStack } from '@cordboard/testing';
import { type Frame } from './support/desktop.ts';
import { type Lie, lyingEdge } from './support/lying-edge.ts';

const ROW = 'channel.request.ready';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ workers: 1 });
}, 60_000);
afterAll(async () => stack.stop());

/** The row on one agent, against an edge that lies. */
const failuresOf = async (agent: string, newLie: () => Lie): Promise<readonly Entry[]> => {
  const edge = await lyingEdge(stack.agentUrl, newLie);
  try {
    const { entries } = await runConformance({
      url: edge.url,
      agents: [agent],
      password: 'demo',
      token: developmentTokens(stack.edgeUrl),
      world: simulatedPhoneSystem(stack.simulatorUrl),
      only: ROW,
      waitMs: 1_500,
    });
    return entries.filter(({ status }) => status === 'failed');
  } finally {
    await edge.close();
  }
};

const always =
  (change: (frame: Frame) => readonly Frame[]): (() => Lie) =>
  () =>
    change;

/** Only answers to the command in question. */
const answers = (change: (frame: Frame) => Frame): (() => Lie) =>
  always((frame) => [frame.result !== undefined && frame.command?.trim() === ROW ? change(frame) : frame]);

const failures = (change: (frame: Frame) => Frame): (() => Lie) =>
  answers((frame) => (frame.result === 'failure' ? change(frame) : frame));

const events = (name: string, change: (frame: Frame) => readonly Frame[]): (() => Lie) =>
  always((frame) => (frame.name === name ? change(frame) : [frame]));

/** The answer is held until the next event has gone out. */
const answerLate = (): Lie => {
  let held: Frame | null = null;
  return (frame) => {
    if (frame.result === 'success' && frame.command === ROW) {
      held = frame;
      return [];
    }
    if (held === null || frame.name !== 'state.updated') return [frame];
    const late = held;
    held = null;
    return [frame, late];
  };
};

/** Two events change places. */
const swapped = (): Lie => {
  let held: Frame | null = null;
  return (frame) => {
    if (frame.name === 'channel.infochanged') {
      held = frame;
      return [];
    }
    if (held === null) return [frame];
    const late = held;
    held = null;
    return [frame, late];
  };
};

const LIES: readonly (readonly [what: string, lie: () => Lie, expected: RegExp])[] = [
  ['another spelling of the command', answers((frame) => ({ ...frame, command: 'ready' })), /as it was sent/],
  ['another target', answers((frame) => ({ ...frame, target: 'elsewhere' })), /target/],
  ['a key too many', answers((frame) => ({ ...frame, sequence: 1 })), /the keys/],
  ['data that is no echo', answers((frame) => ({ ...frame, data: { other: 1 } })), /the data of the request/],
  ['a failure for a success', answers((frame) => ({ ...frame, result: 'failure' })), /result success/],
  ['a success for a failure', failures((frame) => ({ ...frame, result: 'success' })), /failure [A-Z_]+/],
  [
    'another code',
    failures((frame) => ({ ...frame, failure: { code: 'CTI_ERROR', message: 'a long enough message' } })),
    /failure [A-Z_]+/,
  ],
  [
    'no advice',
    failures((frame) => ({ ...frame, failure: { code: frame.failure?.code ?? '', message: '' } })),
    /a message that says what to do/,
  ],
  ['another original', failures((frame) => ({ ...frame, original: {} })), /original/],
  ['an answer after its events', answerLate, /the answer before its events/],
  [
    'an event too many',
    events('channel.infochanged', (frame) => [frame, { ...frame, name: 'interaction.ended' }]),
    /no other events/,
  ],
  ['an event too few', events('channel.infochanged', () => []), /./],
  ['events in another order', swapped, /previous|channel.infochanged/],
  ['a gap in the sequences', events('state.updated', (frame) => [{ ...frame, previous: 0 }]), /^previous/],
  [
    'a payload with another type',
    events('channel.infochanged', (frame) => [{ ...frame, data: { ...frame.data, state: 7 } }]),
    /channel.infochanged as the catalogue describes it/,
  ],
  [
    'a capability too few',
    events('state.updated', (frame) => [{ ...frame, data: { ...frame.data, capabilities: { x: true } } }]),
    /state.updated as the catalogue|capabilities of every command/,
  ],
];

describe('the suite against a server that does something else', () => {
  it('passes when nothing is changed on the way', async () => {
    expect(
      await failuresOf(
        '1009',
        always((frame) => [frame]),
      ),
    ).toEqual([]);
  }, 60_000);

  it('fails for each kind of fault, and says what was expected', async () => {
    const waiting = LIES.map((lie) => lie);
    const missed: string[] = [];
    const work = async (agent: string): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [what, lie, expected] = next;
        const found = await failuresOf(agent, lie);
        if (!found.some((entry) => expected.test(entry.expected ?? ''))) {
          missed.push(`${what}: ${JSON.stringify(found.map((entry) => entry.expected))}`);
        }
      }
    };
    await Promise.all(['1001', '1002', '1003', '1004', '1005', '1006', '1007', '1008'].map(work));
    expect(missed).toEqual([]);
  }, 180_000);
});
