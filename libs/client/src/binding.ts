import { type ObjectEvent, type Response } from '@cordboard/agent-protocol';
import { isJsonObject, type JsonObject } from '@cordboard/kernel';
import { type Place, placeOf } from './cursor.ts';
import { type ModelEvent } from './session-model/model.ts';

/** What became of a bindSession. */
type BindOutcome =
  | { readonly kind: 'resumed' }
  | { readonly kind: 'reset'; readonly events: readonly ModelEvent[] }
  | { readonly kind: 'failed'; readonly response: Response };

/** The session of this client and how far its events have come. */
export interface Binding {
  readonly session: string | null;
  /** True between the answer to a bind and the loss of its socket. */
  readonly bound: boolean;
  /** Data of the bindSession to send for `session`; with a cursor when this client knows it already. */
  readonly request: (session: string, client: string, takeover: boolean) => JsonObject;
  readonly answered: (session: string, response: Response) => BindOutcome;
  readonly lost: () => void;
  /** What an event is; while nothing is bound, all but passing ones are left over from a former socket. */
  readonly place: (event: ObjectEvent) => Place;
  /** True when two heartbeats in a row tell of an event that has not come. */
  readonly behind: (sequence: number) => boolean;
}

const numberOf = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : 0;

const eventsOf = (snapshot: unknown): readonly ModelEvent[] => {
  if (!isJsonObject(snapshot) || !Array.isArray(snapshot['events'])) return [];
  return snapshot['events'].filter(
    (event): event is ModelEvent =>
      isJsonObject(event) && typeof event['target'] === 'string' && typeof event['name'] === 'string',
  );
};

export const createBinding = (): Binding => {
  let session: string | null = null;
  let bound = false;
  let last = 0;
  let announced = 0;
  return {
    get session() {
      return session;
    },
    get bound() {
      return bound;
    },
    request: (wanted, client, takeover) => ({
      client,
      takeover,
      ...(wanted === session ? { afterSequence: last } : {}),
    }),
    answered: (wanted, response) => {
      if (response.result !== 'success') return { kind: 'failed', response };
      const { mode, sequence, snapshot } = response.data ?? {};
      session = wanted;
      bound = true;
      if (mode === 'resumed') {
        announced = last;
        return { kind: 'resumed' };
      }
      last = announced = numberOf(sequence);
      return { kind: 'reset', events: eventsOf(snapshot) };
    },
    lost: () => {
      bound = false;
    },
    place: (event) => {
      const place = placeOf(last, event);
      if (!bound && place !== 'passing') return 'known';
      if (place === 'next') last = event.sequence;
      return place;
    },
    behind: (sequence) => {
      const missing = bound && announced > last;
      announced = sequence;
      return missing;
    },
  };
};
