import { IsIn, IsInt, IsOptional, IsString, validateSync, ValidateNested } from 'class-validator';
import { isValid } from './compiled.ts';
import { problemOf } from './problem.ts';

class Bare {}

class Inner {
  @IsInt()
  count: unknown = 1;
}

class Outer {
  @IsString({ each: true })
  names: unknown = ['a'];

  @IsOptional()
  @ValidateNested()
  inner: unknown = new Inner();

  @IsIn(['x'], { validateIf: (_owner, value) => value !== 'unlooked' })
  word: unknown = 'x';
}
const outer = (over: Partial<Outer>): Outer => Object.assign(new Outer(), { word: 'x' }, over);

describe('what class-validator alone can decide', () => {
  it.each([new Bare(), outer({}), outer({ word: 'unlooked' })])('is left to it: %j', (instance) => {
    expect(isValid(instance)).toBe(false);
    const refused = validateSync(instance, { stopAtFirstError: true }).length > 0;
    expect(problemOf(instance, '') !== null).toBe(refused);
  });
});

describe('a problem', () => {
  it.each<[Partial<Outer>, string | null]>([
    [{}, null],
    [{ inner: undefined }, null],
    [{ names: ['a', 1] }, 'data.each value in names must be a string'],
    [{ inner: Object.assign(new Inner(), { count: 'x' }) }, 'data.inner.count must be an integer number'],
    [{ inner: new Bare() }, 'data.inner.an unknown value was passed to the validate function'],
    [{ word: 'y' }, 'data.word must be one of the following values: x'],
  ])('of %j is %j', (over, problem) => expect(problemOf(outer(over), 'data.')).toBe(problem));
});
