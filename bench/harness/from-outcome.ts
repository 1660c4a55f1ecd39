import { type Outcome } from '../outcome.ts';
import { type Group } from './context.ts';

/** A bench that judges itself, as a group without rows. */
export const fromOutcome = (name: string, says: string, bench: () => Promise<Outcome>): Group => ({
  name,
  says,
  run: async () => {
    const { good, lines } = await bench();
    return { rows: [], notes: [`${name}: ${good ? 'good' : 'the limit is not kept'}`, ...lines] };
  },
});
