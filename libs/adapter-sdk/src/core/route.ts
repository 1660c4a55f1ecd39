import { type JsonObject, type ObjectKind } from '@cordboard/kernel';
import { type NativeAddress } from './address.ts';
import { type AdapterHandlers, type Answer } from './handlers.ts';
import { thenBody } from './readings.ts';

/** How one query or request reaches its handler. Undefined from `run`: the adapter has no such handler. */
export interface Route {
  readonly kind: ObjectKind;
  /** The answer opens the object's events. */
  readonly init?: true;
  readonly run: (
    handlers: AdapterHandlers,
    at: NativeAddress,
    body: JsonObject,
  ) => Answer<JsonObject> | undefined;
}

export type Routes = Readonly<Record<string, Route>>;

/** A text of a body that was checked when it came in. */
export const text = (body: JsonObject, key: string): string =>
  typeof body[key] === 'string' ? body[key] : '';
export const optionalText = (body: JsonObject, key: string): string | undefined =>
  typeof body[key] === 'string' ? body[key] : undefined;

/** The answer of a handler that has no data to give. */
export const bare = (answer: Answer | undefined): Answer<JsonObject> | undefined =>
  answer === undefined ? undefined : thenBody(answer, () => ({}));

/** The answer of a handler that gives data, in the words of the bridge. */
export const worded = <Data>(
  answer: Answer<Data> | undefined,
  toBody: (data: Data) => JsonObject,
): Answer<JsonObject> | undefined => (answer === undefined ? undefined : thenBody(answer, toBody));
