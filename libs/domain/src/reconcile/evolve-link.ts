import { type SessionEvent } from '../session-event.ts';
import { type SessionState } from '../session/session-state.ts';
import { planJoined } from './joined.ts';
import { adapterLost, reconcileBegan, reconcileEnded } from './link-state.ts';

type LinkEvent = Extract<SessionEvent, { type: 'AdapterLost' | `Reconcile${string}` }>;

/** Folds what is said about the adapter being away and back. */
export const evolveLink = (state: SessionState, event: LinkEvent): SessionState => {
  switch (event.type) {
    case 'AdapterLost':
      return adapterLost(state);
    case 'ReconcileBegan':
      return reconcileBegan(state, event.data);
    case 'Reconciled':
      return planJoined(state, event.target, event.data.joined ?? []);
    case 'ReconcileEnded':
      return reconcileEnded(state, event.data);
  }
};
