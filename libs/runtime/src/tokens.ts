/** What `RuntimeModule` provides, beside the app's configuration under its class. */
export const CLOCK = Symbol('Clock');
export const HEALTH = Symbol('Health');
export const LOGGER = Symbol('Logger');
export const METRICS = Symbol('Metrics');
