/** What the container holds by name. */
export const BUS_WATCH = Symbol('BusWatch');
export const GATEWAY = Symbol('Gateway');
