import { isId } from '@cordboard/kernel';

const SUFFIX = '.CONTROL';

/** The control target of a processor (bridge A.5). */
export const controlTarget = (processor: string): string => `${processor}${SUFFIX}`;

/** The processor whose control target that is, or null. */
export const controlProcessor = (target: string): string | null => {
  const processor = target.slice(0, -SUFFIX.length);
  return target.endsWith(SUFFIX) && isId(processor) ? processor : null;
};
