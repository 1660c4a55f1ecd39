import { type EventStore } from '@cordboard/event-store';

export const OVERLOADED =
  'The service is overloaded, and the command was not carried out. Please try again in a moment.';

/** From here on more work would only make everybody wait: it is refused while that is still quick. */
const MAX_PRESSURE = 0.5;

/** Whether new work is to be refused before it is begun (design section 4: shed before slow). */
export const isOverloaded = ({ pressure }: Pick<EventStore, 'pressure'>): boolean =>
  pressure() > MAX_PRESSURE;
