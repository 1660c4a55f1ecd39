import { isDeepStrictEqual } from 'node:util';
import { type JsonObject } from '@cordboard/kernel';
import { insist, Mismatch } from '../../check/mismatch.ts';
import { brief } from '../../wire/frame.ts';
import { type Desk } from '../desk/desk.ts';

/** The same query twice gives the same answer (a pure read). */
export const insistPure = async (
  desk: Desk,
  name: string,
  target: string,
  body: JsonObject = {},
): Promise<JsonObject> => {
  const first = await desk.must(name, target, body);
  const second = await desk.must(name, target, body);
  insist(isDeepStrictEqual(first, second), `${name} twice: the same answer, ${brief(first)}`, second);
  return first;
};

/** A refusal whose words name the request. */
export const insistNamed = (reason: string, name: string): void =>
  insist(reason.includes(name), `an errorMessage that names ${name}`, reason);

/** Does something that is so already: SUCCESS, and no event follows at that object. */
export const insistNoAct = async (desk: Desk, name: string, target: string): Promise<void> => {
  await desk.line.settled();
  const from = desk.line.mark;
  await desk.must(name, target);
  await desk.line.nothing(
    `event of ${name}, which had nothing to do`,
    from,
    (heard) => heard.target === target,
  );
};

/** A request that the adapter has no capability for. */
export const insistRefused = async (
  desk: Desk,
  key: string,
  name: string,
  target: string,
  body: JsonObject = {},
): Promise<void> => {
  await desk.refused(name, target, body).catch((error: unknown) => {
    throw error instanceof Mismatch
      ? new Mismatch(`${error.expected}, as ${key} is false`, error.got)
      : error;
  });
};
