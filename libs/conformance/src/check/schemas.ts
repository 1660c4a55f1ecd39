import { CATALOGUE, wholeSchema } from '@cordboard/agent-protocol/catalogue';
import { type JsonObject } from '@cordboard/kernel';
import { Ajv, type ValidateFunction } from 'ajv';
import { type Frame, objectOf, textOf } from '../wire/frame.ts';
import { insist } from './mismatch.ts';

const ajv = new Ajv({ strict: false });
const compiled = new Map<string, ValidateFunction>();

const validatorOf = (name: string, schema: JsonObject): ValidateFunction => {
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const made = ajv.compile(wholeSchema(schema));
  compiled.set(name, made);
  return made;
};

/** Raises when a value does not fit a schema of the catalogue; `name` says which it is. */
export const insistFits = (name: string, schema: JsonObject, value: unknown): void => {
  const validate = validatorOf(name, schema);
  const fits = validate(value) === true;
  insist(
    fits,
    `${name} as the catalogue describes it`,
    `${ajv.errorsText(validate.errors)} in ${JSON.stringify(value)}`,
  );
};

const EVENTS = new Map<string, (typeof CATALOGUE.events)[number]>(
  CATALOGUE.events.map((event) => [event.name, event]),
);

/** Whether an event stands outside the stream of sequences. */
export const isPassing = ({ name }: Frame): boolean =>
  name === 'session.unbound' || EVENTS.get(textOf(name))?.passing === true;

const PROFILE_EVENTS = new Map(CATALOGUE.profileMessages.map(({ name, frame }) => [name, frame]));

const EVENT_KEYS = ['at', 'data', 'messageType', 'name', 'previous', 'sequence', 'target'];

/** Raises unless name, shape of the target, keys and data of an object event are those of the catalogue. */
export const checkEvent = (frame: Frame): void => {
  const name = textOf(frame.name);
  const profile = PROFILE_EVENTS.get(name);
  if (profile !== undefined) return insistFits(name, profile, frame);
  const event = EVENTS.get(name);
  insist(event !== undefined, 'an event of the catalogue', name);
  const segments = textOf(frame.target).split('.').length;
  const lengths = (event?.targets ?? []).map((shape) => shape.split('.').length);
  insist(lengths.includes(segments), `${name} at ${event?.targets.join(' or ')}`, frame);
  const keys = Object.keys(frame).filter((key) => key !== 'context');
  insist(keys.sort().join() === EVENT_KEYS.join(), `${name} with ${EVENT_KEYS.join(', ')}`, frame);
  insistFits(name, event?.data ?? {}, objectOf(frame.data));
};
