/** Names under which Nest hands out what is no class. */
export const EDGE_PORTS = Symbol('edge ports');
export const EDGE_SETTINGS = Symbol('edge settings');
