import { type SessionModel, type SessionObject } from '@cordboard/client';
import { err, ok, type Result } from '@cordboard/kernel';
import { shortId } from '../short-id.ts';
import { type Verb } from './verbs.ts';

const stateOf = ({ kind, id, state }: SessionObject): string =>
  `${kind} ${shortId(id)} is ${state ?? 'not ready yet'}`;

const whyNone = (ofKind: readonly SessionObject[], { kind }: Verb): string =>
  ofKind.length === 0 ? `There is no ${kind} now.` : `Not possible now: ${ofKind.map(stateOf).join('; ')}.`;

/**
 * The one object that a command can mean: the only one whose capabilities allow it, or the one that `wanted`
 * names by its id. The error is a sentence for the agent.
 */
export const chooseObject = (
  model: SessionModel,
  verb: Verb,
  wanted?: string,
): Result<SessionObject, string> => {
  const ofKind = Object.values(model.objects).filter(({ kind }) => kind === verb.kind);
  const named =
    wanted === undefined ? ofKind : ofKind.filter(({ id }) => id === wanted || shortId(id) === wanted);
  if (wanted !== undefined && named.length === 0) return err(`There is no ${verb.kind} ${wanted}.`);
  const able = named.filter(({ capabilities }) => capabilities[verb.command] === true);
  const [only] = able;
  if (only === undefined) return err(whyNone(named, verb));
  if (able.length === 1) return ok(only);
  return err(`Which one? Put its id at the end: ${able.map(({ id }) => shortId(id)).join(', ')}.`);
};
