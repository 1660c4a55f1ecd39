export const BUS = Symbol('Bus');
export const STORE = Symbol('EventStore');
export const WORKER = Symbol('Worker');
