import { Group } from './group.ts';

/** A group over statements that are answered by hand. */
const desk = ({ weight = 1 } = {}) => {
  const sent: (readonly number[])[] = [];
  const answers: { readonly give: () => void; readonly fail: (error: Error) => void }[] = [];
  const group = new Group<number, string>({
    weight: () => weight,
    ask: (calls) => {
      sent.push(calls);
      return new Promise((resolve, reject) => {
        answers.push({ give: () => resolve(calls.map((call) => `answer ${String(call)}`)), fail: reject });
      });
    },
  });
  const outcomes = new Map<number, string>();
  const call = (from: number, count = 1): void => {
    for (let n = from; n < from + count; n += 1) {
      group.call(n).then(
        (answer) => outcomes.set(n, answer),
        (error: Error) => outcomes.set(n, error.message),
      );
    }
  };
  const turn = async (): Promise<void> => {
    for (let n = 0; n < 3; n += 1) await new Promise(setImmediate);
  };
  return { sent, answers, outcomes, call, turn };
};
const sizes = (sent: readonly (readonly number[])[]): readonly number[] => sent.map(({ length }) => length);
const refused = (): Error => Object.assign(new Error('refused'), { code: '22P02' });

describe('calls that come together', () => {
  it('share a statement, and each has its answer', async () => {
    const { sent, answers, outcomes, call, turn } = desk();
    call(1);
    await Promise.resolve();
    call(2, 2);
    await turn();
    expect(sent).toEqual([[1, 2, 3]]);
    answers[0]?.give();
    await turn();
    expect([...outcomes.values()]).toEqual(['answer 1', 'answer 2', 'answer 3']);
  });

  it('go in two statements at a time of at most 500; what comes meanwhile gathers', async () => {
    const { sent, answers, outcomes, call, turn } = desk();
    call(0, 1_100);
    await turn();
    expect(sizes(sent)).toEqual([500, 500]);
    call(1_100, 50);
    await turn();
    answers[1]?.give();
    await turn();
    expect(sizes(sent)).toEqual([500, 500, 150]);
    for (const { give } of answers) give();
    await turn();
    expect(outcomes.size).toBe(1_150);
  });

  it('are fewer when each may bring many rows; a heavy one goes alone', async () => {
    const some = desk({ weight: 3_000 });
    some.call(0, 5);
    await some.turn();
    expect(sizes(some.sent)).toEqual([2, 2]);
    const heavy = desk({ weight: 1_000_000 });
    heavy.call(0, 3);
    await heavy.turn();
    expect(sizes(heavy.sent)).toEqual([1, 1]);
  });
});

describe('a statement that fails', () => {
  it('fails its own calls only when it was refused', async () => {
    const { sent, answers, outcomes, call, turn } = desk();
    call(0, 1_001);
    await turn();
    answers[0]?.fail(refused());
    await turn();
    expect(sizes(sent)).toEqual([500, 500, 1]);
    answers[1]?.give();
    answers[2]?.give();
    await turn();
    expect([...outcomes.values()].filter((answer) => answer === 'refused')).toHaveLength(500);
    expect([outcomes.get(499), outcomes.get(500), outcomes.get(1_000)]).toEqual([
      'refused',
      'answer 500',
      'answer 1000',
    ]);
  });

  it('fails those too that waited as long, but not later ones, when it had no answer', async () => {
    const { sent, answers, outcomes, call, turn } = desk();
    call(0, 1_001);
    await turn();
    call(2_000);
    await turn();
    answers[0]?.fail(new Error('silent'));
    await turn();
    expect(outcomes.get(1_000)).toBe('silent');
    expect(outcomes.get(600)).toBeUndefined();
    expect(sent[2]).toEqual([2_000]);
  });
});
