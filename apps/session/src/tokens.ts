export const BUS = Symbol('Bus');
/** Serves the worker's controller on the bus. */
export const STRATEGY = Symbol('Strategy');
export const STORE = Symbol('EventStore');
export const WORKER = Symbol('Worker');
