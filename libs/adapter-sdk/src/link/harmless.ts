const ENDS = /\.request\.(?:dispose|removechannelgroup|removechannel)$/;

/** Whether a request ends an object: it succeeds as well where there is nothing to end (bridge A8-5). */
export const isHarmless = (name: string): boolean => ENDS.test(name);
