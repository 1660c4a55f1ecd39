import { createOneWrite } from './one-write.ts';

const turn = (): Promise<void> => new Promise(setImmediate);
const desk = () => {
  const said: string[] = [];
  const oneWrite = createOneWrite();
  const say = (text: string, bytes = 1): void => oneWrite.add(() => said.push(text), bytes);
  return { said, oneWrite, say };
};

describe('what one turn says', () => {
  it('leaves in its order when the turn ends', async () => {
    const { said, say } = desk();
    say('a');
    await Promise.resolve();
    say('b');
    expect(said).toEqual([]);
    await turn();
    expect(said).toEqual(['a', 'b']);
    say('c');
    await turn();
    expect(said).toEqual(['a', 'b', 'c']);
  });

  it('leaves sooner when it is much, or when it is told to', () => {
    const { said, oneWrite, say } = desk();
    say('small');
    say('large', 32 * 1_024);
    expect(said).toEqual(['small', 'large']);
    say('next');
    oneWrite.flush();
    expect(said).toEqual(['small', 'large', 'next']);
  });

  it('leaves at once when the connection is about to end', () => {
    const { said, oneWrite, say } = desk();
    say('before');
    oneWrite.finish();
    say('after');
    expect(said).toEqual(['before', 'after']);
  });

  it.each([1, 32 * 1_024])('may say more while it leaves, behind the rest: %d bytes', (bytes) => {
    const { said, oneWrite, say } = desk();
    oneWrite.add(() => say('then', bytes), 1);
    say('before');
    oneWrite.flush();
    expect(said).toEqual(['before', 'then']);
  });

  it.each([1, 32 * 1_024])('and also when the connection is about to end: %d bytes', (bytes) => {
    const { said, oneWrite, say } = desk();
    oneWrite.add(() => say('then', bytes), 1);
    say('before');
    oneWrite.finish();
    say('after');
    expect(said).toEqual(['before', 'then', 'after']);
  });
});
