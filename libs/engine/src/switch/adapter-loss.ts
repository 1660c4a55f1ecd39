import { type SessionState } from '@cordboard/domain';
import { type AdapterView } from './adapter-directory.ts';
import { type LossCause, type LossReason } from '../session/owned-session.ts';

/** Whether the session is one that an adapter has. */
export const isLive = ({ phase, adapter }: SessionState): boolean =>
  adapter !== null && phase !== 'NONE' && phase !== 'PREPARED' && phase !== 'CLOSED';

const incarnationIn = (view: AdapterView): string =>
  view.is === 'ready' || view.is === 'greeting' ? view.incarnation : '';

/** Whether the instance has started anew. Older rows do not tell the incarnation: nothing can be said then. */
const isAnother = ({ adapter }: SessionState, view: AdapterView): boolean => {
  const seen = incarnationIn(view);
  return seen !== '' && adapter?.incarnation !== undefined && adapter.incarnation !== seen;
};

/** Why the adapter of a session cannot be asked as it is seen now; null when it can. */
export const lossOf = (state: SessionState, view: AdapterView): LossReason | null => {
  if (view.is === 'away') return view.reason;
  return isAnother(state, view) ? 'restarted' : null;
};

const CAUSES: Readonly<Record<LossReason, LossCause>> = {
  silent: 'connection-restored',
  stopped: 'switch-link-restored',
  restarted: 'adapter-restarted',
  'events-lost': 'events-lost',
};

/** Why a session is read again when its own instance is there; a new owner does not know why it was lost. */
export const causeOf = (state: SessionState, view: AdapterView, reason: LossReason | null): LossCause =>
  isAnother(state, view) ? 'adapter-restarted' : CAUSES[reason ?? 'silent'];
