import { type EventData } from '@cordboard/domain';
import { type Json, type JsonObject } from '@cordboard/kernel';

type Words<Type extends 'AdapterLost' | 'ReconcileBegan' | 'Reconciled' | 'ReconcileEnded'> = (
  data: EventData[Type],
) => string;

const LOST = {
  silent: 'is silent',
  stopped: 'lost the switch',
  restarted: 'was restarted',
  'events-lost': 'lost events',
} as const satisfies Record<EventData['AdapterLost']['reason'], string>;

const CAUSES = {
  'adapter-restarted': 'the adapter was restarted',
  'adapter-moved': 'another adapter serves the session',
  'switch-link-restored': 'the adapter has the switch again',
  'connection-restored': 'the adapter is there again',
  'events-lost': 'events were lost',
  timer: 'the regular look at the switch',
} as const satisfies Record<EventData['Reconciled']['cause'], string>;

const plain = (value: Json | undefined): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null);

const listed = (found: JsonObject): string =>
  Object.entries(found)
    .map(([key, value]) => `${key} ${plain(value)}`)
    .join(', ');

const differences = (before: JsonObject | null, after: JsonObject | null): string => {
  if (after === null) return before === null ? 'gone' : `gone (was ${listed(before)})`;
  return before === null ? listed(after) : `${listed(after)} (was ${listed(before)})`;
};

export const adapterLost: Words<'AdapterLost'> = ({ instance, reason }) =>
  `adapter ${instance} ${LOST[reason]}: what is under way fails, the switch will be read again`;

export const reconcileBegan: Words<'ReconcileBegan'> = ({ cause }) =>
  `the switch is read again: ${CAUSES[cause]}`;

export const reconciled: Words<'Reconciled'> = ({ cause, before, after, joined = [] }) => {
  const same = after !== null && Object.keys(after).length === 0;
  const parts = [
    ...(same ? [] : [differences(before, after)]),
    ...(joined.length === 0 ? [] : [`new on it: ${joined.map(({ nativeId }) => nativeId).join(', ')}`]),
  ];
  return `the switch differs: ${parts.join('; ')}. Found because ${CAUSES[cause]}`;
};

export const reconcileEnded: Words<'ReconcileEnded'> = ({ outcome, retryAt }) => {
  if (outcome === 'done') return 'the session agrees with the switch';
  return retryAt === null
    ? 'the switch could not be read'
    : `the switch could not be read, next attempt ${new Date(retryAt).toISOString()}`;
};
