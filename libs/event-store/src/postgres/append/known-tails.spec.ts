import { type Append } from '../../event-store.ts';
import { draft, type Writer, writerOf } from '../../specimen.ts';
import { encodeAppend } from './encoded-append.ts';
import { KnownTails } from './known-tails.ts';

let made = 0;
const other = () => draft({ data: { made: (made += 1) } });
const next = (writer: Writer, extra: Partial<Append> = {}) =>
  encodeAppend({ ...writer.next([other(), other()]), ...extra });
const standsBefore = (writer: Writer): Buffer => writer.head().hash;

describe('the known tails of a connection', () => {
  it('have looked for what the connection has not stored itself', () => {
    const tails = new KnownTails();
    const writer = writerOf('demo');
    const opening = next(writer);
    expect(tails.toFind([opening])).toEqual([null]);
    const hash = standsBefore(writer);
    const second = next(writer);
    expect(tails.toFind([second])).toEqual([hash]);
    tails.note([opening]);
    expect(tails.toFind([second])).toEqual([null]);
    expect(new KnownTails().toFind([second])).toEqual([hash]);
  });

  it('count what goes before in the same batch', () => {
    const writer = writerOf('demo');
    const [first, second] = [next(writer), next(writer)];
    const hash = standsBefore(writer);
    const third = next(writer);
    const tails = new KnownTails();
    expect(tails.toFind([first, second, third])).toEqual([null, null, null]);
    expect(tails.toFind([first, third])).toEqual([null, hash]);
    expect(tails.toFind([first, next(writerOf('demo')), third])).toEqual([null, null, hash]);
    tails.note([first, second]);
    expect(tails.toFind([third])).toEqual([null]);
  });

  it('are no proof for another row at the same place, nor for one further on', () => {
    const writer = writerOf('demo');
    const opening = next(writer);
    const rival = writerOf('demo', writer.head());
    const tails = new KnownTails();
    tails.note([opening, next(writer)]);
    const overtaken = next(rival);
    const hash = standsBefore(rival);
    expect(tails.toFind([overtaken])).toEqual([opening.rows.at(-1)?.record.hash]);
    expect(tails.toFind([next(rival)])).toEqual([hash]);
  });

  it('forget sessions that ended, and of many those not written for the longest time', () => {
    const tails = new KnownTails(2);
    const writers = [writerOf('demo'), writerOf('demo'), writerOf('demo')];
    const [one, two, three] = writers as [Writer, Writer, Writer];
    tails.note([next(one), next(two)]);
    tails.note([next(one), next(three)]);
    const isKnown = (writer: Writer) => tails.toFind([next(writer)])[0] === null;
    expect(writers.map(isKnown)).toEqual([true, false, true]);
    tails.note([next(one, { closes: true })]);
    expect(isKnown(one)).toBe(false);
  });
});
