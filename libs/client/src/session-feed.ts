import { normaliseEvent, type ObjectEvent } from '@cordboard/agent-protocol';
import { type Binding } from './binding.ts';
import { createListeners } from './listeners.ts';
import { emptySessionModel, type ModelEvent, type SessionModel } from './session-model/model.ts';
import { reduceSession } from './session-model/reduce-session.ts';

/** What the server's events make of the session, and who hears of them. */
export interface SessionFeed {
  readonly model: SessionModel;
  readonly on: (name: string, listener: (event: ObjectEvent) => void) => () => void;
  readonly onReset: (listener: (model: SessionModel) => void) => () => void;
  readonly reset: (events: readonly ModelEvent[]) => void;
  /** Takes one event in; false when something before it is missing. */
  readonly take: (event: ObjectEvent) => boolean;
}

const newest = <E extends ModelEvent>(event: E): E => ({
  ...event,
  name: normaliseEvent(event.name) ?? event.name,
});

export const createSessionFeed = (binding: Binding): SessionFeed => {
  let model = emptySessionModel;
  const events = createListeners<ObjectEvent>();
  const resets = createListeners<SessionModel>();
  return {
    get model() {
      return model;
    },
    on: (name, listener) =>
      events.add((event) => (name === '*' || event.name === name ? listener(event) : undefined)),
    onReset: resets.add,
    reset: (snapshot) => {
      model = snapshot.map(newest).reduce(reduceSession, emptySessionModel);
      resets.tell(model);
    },
    take: (received) => {
      const event = newest(received);
      const place = binding.place(event);
      if (place === 'known' || place === 'gap') return place === 'known';
      model = reduceSession(model, event);
      events.tell(event);
      return true;
    },
  };
};
