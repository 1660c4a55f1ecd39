/** Who calls and is called in the sequences. */
export const CALLER = '+12025550123';
export const CALLED = '+12025550177';
export const EXPERT = '2001';
export const SUPERVISOR = '3000';

const CALLER_NAME = 'Example Caller';
const EXPERT_NAME = 'Example Expert';

/** As the switch names them. */
export const THE_CALLER = { number: CALLER, name: CALLER_NAME };
export const THE_EXPERT = { number: EXPERT, name: EXPERT_NAME };
