import { needsSkill } from '../calls/number-behaviour.ts';

/** A skill or a script. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

const skills: readonly Named[] = [
  { id: 'sales-out', name: 'Sales outbound' },
  { id: 'service-out', name: 'Service outbound' },
];

/** The skills to choose from before a number is called; none: no choice is needed. */
export const outboundSkills = (number: string): readonly Named[] => (needsSkill(number) ? skills : []);

/** Whether there is such a skill. */
export const isSkill = (skill: string): boolean => skills.some(({ id }) => id === skill);
