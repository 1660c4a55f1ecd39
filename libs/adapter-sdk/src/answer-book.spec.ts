import { virtualClock } from '@cordboard/testing';
import { createAnswerBook } from './answer-book.ts';

const setUp = () => {
  const clock = virtualClock();
  const heard: string[] = [];
  const replyTo =
    (who: string) =>
    (body: string, { answer }: Readonly<Record<string, string>>) =>
      void heard.push(`${who} ${body} ${answer ?? ''}`);
  return { clock, heard, replyTo, book: createAnswerBook(clock) };
};

describe('the answers of one session', () => {
  it('go to all who wait, once', () => {
    const { book, replyTo, heard } = setUp();
    expect(book.look('r')).toEqual({ is: 'new' });
    expect(book.begin('r', replyTo('one'))).toBe(true);
    book.join('r', replyTo('two'));
    expect(book.look('r')).toEqual({ is: 'pending' });
    expect(book.settle('r', 'yes')).toBe(true);
    expect(book.settle('r', 'no')).toBe(false);
    expect(heard).toEqual(['one yes final', 'two yes final']);
    expect(book.look('r')).toEqual({ is: 'final', answer: 'yes' });
  });

  it('are kept for ten minutes', () => {
    const { book, clock, replyTo } = setUp();
    book.begin('r', replyTo('one'));
    book.settle('r', 'yes');
    clock.advance(599_999);
    expect(book.look('r').is).toBe('final');
    clock.advance(1);
    expect(book.look('r').is).toBe('new');
  });

  it('are kept up to a thousand, the oldest goes first', () => {
    const { book, replyTo } = setUp();
    for (let count = 0; count <= 1_000; count += 1) {
      book.begin(String(count), replyTo('one'));
      book.settle(String(count), 'yes');
    }
    expect([book.look('0').is, book.look('1').is, book.look('1000').is]).toEqual(['new', 'final', 'final']);
  });

  it('are awaited by sixteen at most, the oldest goes first', () => {
    const { book, replyTo, heard } = setUp();
    book.begin('r', replyTo('0'));
    for (let count = 1; count <= 16; count += 1) book.join('r', replyTo(String(count)));
    book.settle('r', 'yes');
    expect(heard).toHaveLength(16);
    expect(heard[0]).toBe('1 yes final');
  });
});
