import { err, ok } from '@cordboard/kernel';
import { draft, type Writer, writerOf } from '../../specimen.ts';
import { Appender } from './appender.ts';
import { type EncodedAppend } from './encoded-append.ts';
import { type Lane } from './lane.ts';

type Written = Awaited<ReturnType<Lane['write']>>;

interface Statement {
  readonly lane: number;
  readonly appends: readonly EncodedAppend[];
  readonly answer: (written: Written) => void;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** An appender over lanes whose statements end when a test says so. */
const scripted = () => {
  const statements: Statement[] = [];
  const lanes: (() => void)[] = [];
  let opened = 0;
  const laneOf = (id: number): Lane => {
    let lost = false;
    return {
      id,
      wpos: () => 0,
      isLost: () => lost,
      write: (appends) => new Promise((answer) => statements.push({ lane: id, appends, answer })),
      diagnose: async () => ok([]),
      abandon: () => (lost = true),
      close: async () => undefined,
    };
  };
  const appender = new Appender({
    openLane: () => new Promise((resolve) => lanes.push(() => resolve(laneOf((opened += 1))))),
    onLaneLeft: () => undefined,
    closedBy: 'w1',
    limits: { maxRows: 10_000, maxBytes: 64 * 1024 * 1024 },
    now: () => 0,
  });
  const heard: string[] = [];
  /** How many statements there were when somebody heard. */
  const written: number[] = [];
  const append = (name: string, rows: number, writer: Writer = writerOf('demo')): void => {
    void appender.append(writer.next(Array.from({ length: rows }, () => draft()))).then((outcome) => {
      heard.push(`${name} ${outcome.ok ? 'stored' : outcome.error.kind}`);
      written.push(statements.length);
    });
  };
  return { statements, lanes, heard, written, append };
};

const stored = ({ appends }: Statement): Written => ok(appends.map((_, index) => index + 1));

describe('the appender', () => {
  it('gives the database the next batch before those of the last one hear of it', async () => {
    const { statements, lanes, heard, written, append } = scripted();
    append('first', 1);
    await turn();
    lanes[0]!();
    await turn();
    append('second', 1);
    append('third', 1);
    statements[0]!.answer(stored(statements[0]!));
    await turn();
    expect(statements.map(({ appends }) => appends.length)).toEqual([1, 2]);
    expect(heard).toEqual(['first stored']);
    expect(written).toEqual([2]);
    statements[1]!.answer(stored(statements[1]!));
    await turn();
    expect(heard).toEqual(['first stored', 'second stored', 'third stored']);
  });

  it('halves what came at once, and goes on with all that waits', async () => {
    const { statements, lanes, append } = scripted();
    for (let n = 0; n < 300; n += 1) append(`${n}`, 1);
    await turn();
    lanes[0]!();
    await turn();
    expect(statements.map(({ appends }) => appends.length)).toEqual([150]);
    append('late', 1);
    statements[0]!.answer(stored(statements[0]!));
    await turn();
    expect(statements.map(({ appends }) => appends.length)).toEqual([150, 151]);
  });

  it('tells of a lost lane before it has another, and fails at once what waits behind', async () => {
    const { statements, lanes, heard, append } = scripted();
    const writer = writerOf('demo');
    append('first', 1, writer);
    await turn();
    lanes[0]!();
    await turn();
    append('behind', 1, writer);
    append('other', 1);
    statements[0]!.answer(err({ kind: 'lost', reason: 'no answer' }));
    await turn();
    expect(heard).toEqual(['first unknown', 'behind fenced']);
    expect(statements).toHaveLength(1);
    lanes[1]!();
    await turn();
    statements[1]!.answer(stored(statements[1]!));
    await turn();
    expect(heard.at(-1)).toBe('other stored');
    expect(statements.map(({ lane }) => lane)).toEqual([1, 2]);
  });
});
