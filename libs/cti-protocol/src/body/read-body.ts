import { err, type JsonObject, ok, type Result } from '@cordboard/kernel';
import { messageRow } from '../catalogue/messages.ts';
import { type CtiMessage } from '../message.ts';
import { ANSWER_BODIES, EVENT_BODIES, QUESTION_BODIES } from './bodies.ts';
import { EmptyBody } from './common-body.ts';
import { type Dto, readAs, Trimmable } from './dto.ts';

type Bodies = Readonly<Record<string, Dto>>;
type Of<Table, Name extends keyof Table> = Table[Name] extends Dto<infer Body> ? Body : never;

const lookUp = (bodies: Bodies, name: string): Dto =>
  (Object.hasOwn(bodies, name) ? bodies[name] : undefined) ?? EmptyBody;

/** Body of a query or request with properties (bridge B). The error names the property at fault. */
export const readQuestion = <Name extends keyof typeof QUESTION_BODIES>(
  name: Name,
  body: JsonObject,
): Result<Of<typeof QUESTION_BODIES, Name>, string> =>
  readAs(QUESTION_BODIES[name] as Dto<Of<typeof QUESTION_BODIES, Name>>, body);

/** Body of a successful answer with properties (bridge B). The error names the property at fault. */
export const readAnswer = <Name extends keyof typeof ANSWER_BODIES>(
  name: Name,
  body: JsonObject,
): Result<Of<typeof ANSWER_BODIES, Name>, string> =>
  readAs(ANSWER_BODIES[name] as Dto<Of<typeof ANSWER_BODIES, Name>>, body);

/** Body of an event with properties (bridge C). The error names the property at fault. */
export const readEvent = <Name extends keyof typeof EVENT_BODIES>(
  name: Name,
  body: JsonObject,
): Result<Of<typeof EVENT_BODIES, Name>, string> =>
  readAs(EVENT_BODIES[name] as Dto<Of<typeof EVENT_BODIES, Name>>, body);

/**
 * Checks the body of any message against the catalogue: known name, type that fits it, properties that fit. A
 * failed answer has no body to check. The error is a sentence.
 */
export const checkBody = ({ header, body }: CtiMessage): Result<object, string> => {
  const row = messageRow(header.name);
  if (row === null) return err(`There is no message ${header.name}.`);
  if (header.type === 'cti.response') {
    if (row.kind === 'event') return err(`${header.name} is an event and has no answer.`);
    return readAs(header.result === 'FAILURE' ? EmptyBody : lookUp(ANSWER_BODIES, header.name), body);
  }
  if (header.type !== `cti.${row.kind}`) return err(`${header.name} is a ${row.kind}, not a ${header.type}.`);
  return readAs(lookUp(row.kind === 'event' ? EVENT_BODIES : QUESTION_BODIES, header.name), body);
};

/**
 * The body of any message, checked, with what is too much of its lists and texts left out; `cut` says how many
 * items and texts that were. The error is a sentence.
 */
export const trimBody = (
  message: CtiMessage,
): Result<{ readonly body: JsonObject; readonly cut: number }, string> => {
  const checked = checkBody(message);
  if (!checked.ok) return checked;
  if (!(checked.value instanceof Trimmable) || checked.value.cut === 0) {
    return ok({ body: message.body, cut: 0 });
  }
  const { cut, ...body } = checked.value;
  return ok({ body: JSON.parse(JSON.stringify(body)) as JsonObject, cut });
};
