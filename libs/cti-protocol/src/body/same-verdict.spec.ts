import { type JsonObject } from '@cordboard/kernel';
import { spoiltObject } from '@cordboard/testing';
import { isValid } from '@cordboard/validation';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { ANSWER_BODIES, EVENT_BODIES, QUESTION_BODIES } from './bodies.ts';
import { type Dto, fill, readAs } from './dto.ts';
import { ANSWERS, EVENTS, QUESTIONS } from './example-bodies.ts';

const bodiesOf = (
  types: Readonly<Record<string, Dto>>,
  examples: readonly (readonly [string, JsonObject])[],
): readonly (readonly [string, JsonObject, Dto])[] =>
  examples.flatMap(([name, example]) =>
    types[name] === undefined ? [] : [[name, example, types[name]] as const],
  );

const BODIES = [
  ...bodiesOf(QUESTION_BODIES, QUESTIONS),
  ...bodiesOf(ANSWER_BODIES, ANSWERS),
  ...bodiesOf(EVENT_BODIES, EVENTS),
];

describe('a body', () => {
  it('of every class has an example', () => {
    const shown = new Set(BODIES.map(([, , type]) => type));
    const all = [QUESTION_BODIES, ANSWER_BODIES, EVENT_BODIES].flatMap((types) => Object.values<Dto>(types));
    expect(all.filter((type) => !shown.has(type))).toEqual([]);
  });

  it.each(BODIES)('of %s, such as %j, is judged as class-validator judges it', (_name, example, type) => {
    expect(isValid(fill(type, example, () => undefined))).toBe(true);
    fc.assert(
      fc.property(spoiltObject(example), (body) => {
        const filled = fill(type, body, () => undefined);
        const [error] = validateSync(filled, { stopAtFirstError: true });
        expect(isValid(filled)).toBe(error === undefined);
        const read = readAs(type, body);
        expect(read.ok).toBe(error === undefined);
        const said = Object.values(error?.constraints ?? {})[0];
        if (said !== undefined) expect(read).toEqual({ ok: false, error: `body.${said}` });
      }),
      { numRuns: 100 },
    );
  });
});
